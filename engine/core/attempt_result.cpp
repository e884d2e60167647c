// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/attempt_result.h"

#include <algorithm>

namespace punctual
{

namespace
{

/// In the order of the enumeration.
constexpr std::array resultWords{QLatin1StringView("too_many_requests"),
                                 QLatin1StringView("server_error"),
                                 QLatin1StringView("other_answer"),
                                 QLatin1StringView("no_connection"),
                                 QLatin1StringView("no_answer"),
                                 QLatin1StringView("delivered"),
                                 QLatin1StringView("refused")};
static_assert(resultWords.size() == allAttemptResults.size());

} // namespace

QLatin1StringView toText(AttemptResult result)
{
    return resultWords.at(static_cast<std::size_t>(result));
}

std::optional<AttemptResult> parseAttemptResult(QStringView text)
{
    const auto found = std::find_if(allAttemptResults.begin(), allAttemptResults.end(),
                                    [text](AttemptResult result) { return toText(result) == text; });
    return found == allAttemptResults.end() ? std::nullopt : std::optional(*found);
}

} // namespace punctual
