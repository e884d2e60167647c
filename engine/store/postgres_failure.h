// SPDX-License-Identifier: GPL-3.0-or-later
// What PostgreSQL's programs print when they fail, as one sentence that says what to do. Pure.
#pragma once

#include "core/result.h"

namespace punctual::store
{

/// `output` is what initdb, pg_ctl or the server's log said; `logFile` is named when it is nothing known.
[[nodiscard]] Error explainPostgresFailure(const QString& output, const QString& dataDir,
                                           const QString& logFile);

/// Whether the same call may succeed in a moment: an earlier server is still going or coming.
[[nodiscard]] bool isPassingPostgresFailure(const QString& output);

} // namespace punctual::store
