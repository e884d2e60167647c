// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON form of a retry policy, as a destination and the database have it; a message has parts of it.
#pragma once

#include "core/retry_policy.h"

#include <QJsonObject>

namespace punctual
{

/// `delays_ms` only with the backoff `list`, `max_age_ms` only if there is one; `jitter` is a number or
/// "full".
[[nodiscard]] QJsonObject toJson(const RetryPolicy& retry);

/// What is absent is taken from `defaults`; a `max_age_ms` of null is none.
[[nodiscard]] RetryPolicy readRetryPolicy(const QJsonObject& object, const QString& pointer,
                                          std::vector<FieldError>& errors, const RetryPolicy& defaults = {});

/// The policy of a destination with the parts that a message has of its own. Pointers of errors begin at
/// `parts`.
[[nodiscard]] Result<RetryPolicy> overlaid(const RetryPolicy& base, const QJsonObject& parts);

} // namespace punctual
