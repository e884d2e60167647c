// SPDX-License-Identifier: GPL-3.0-or-later
// The audit as CSV (RFC 4180). Names of columns are for programs, and so the same in every language.
#pragma once

#include "core/audit.h"

namespace punctual::ui
{

[[nodiscard]] QByteArray csvHeaderOfAudit();
/// A line each, with its end.
[[nodiscard]] QByteArray csvOf(const std::vector<AuditEntry>& entries);

} // namespace punctual::ui
