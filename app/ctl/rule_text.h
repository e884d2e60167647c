// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of a destination as a person reads them at a terminal. Secrets are never shown.
#pragma once

#include "core/destination.h"

#include <QStringList>

#include <vector>

namespace punctual::ctl
{

/// "100 in 1s (token_bucket, burst 50)".
[[nodiscard]] QString describe(const RateLimit& rate);
/// "100000 a day (Asia/Singapore)".
[[nodiscard]] QString describe(const Quota& quota);

/// Names and values of the rules that it has: limits, breaker, order, batch, retries, TLS, credentials.
[[nodiscard]] std::vector<QStringList> rulesOf(const Destination& destination);

} // namespace punctual::ctl
