// SPDX-License-Identifier: GPL-3.0-or-later
// What an attempt came to, in the words that lists are filtered by and figures are counted by: finer than its
// outcome. The names are those of the database (punctual.attempt_result) and the REST API.
#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <array>
#include <optional>

namespace punctual
{

enum class AttemptResult {
    TooManyRequests, // 429
    ServerError,     // 5xx
    OtherAnswer,     // of `retry_on`
    NoConnection,    // nothing was sent
    NoAnswer,        // the request left
    Delivered,
    Refused, // for good
};

inline constexpr std::array allAttemptResults{AttemptResult::TooManyRequests, AttemptResult::ServerError,
                                              AttemptResult::OtherAnswer,     AttemptResult::NoConnection,
                                              AttemptResult::NoAnswer,        AttemptResult::Delivered,
                                              AttemptResult::Refused};

/// The first five are worth another attempt; figures count them.
inline constexpr std::size_t retryCauses = 5;
using CauseCounts = std::array<qint64, retryCauses>;

/// The word for it in SQL, REST and code.
[[nodiscard]] QLatin1StringView toText(AttemptResult result);
[[nodiscard]] std::optional<AttemptResult> parseAttemptResult(QStringView text);

} // namespace punctual
