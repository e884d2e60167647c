// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retry_after.h"

#include "core/http_date.h"

#include <algorithm>

namespace punctual
{

using namespace std::chrono_literals;

namespace
{

std::optional<Duration> readSeconds(QByteArrayView text)
{
    if (text.isEmpty() || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    bool fits = false;
    const qint64 seconds = text.toByteArray().toLongLong(&fits);
    const qint64 most = std::chrono::duration_cast<std::chrono::seconds>(mostRetryAfter).count();
    return std::chrono::seconds(fits ? std::min(seconds, most) : most);
}

} // namespace

std::optional<Duration> parseRetryAfter(QByteArrayView value, Instant now)
{
    const auto text = value.trimmed();
    if (const auto seconds = readSeconds(text))
        return seconds;
    const auto date = parseHttpDate(QString::fromLatin1(text), now);
    if (!date)
        return std::nullopt;
    return std::clamp<Duration>(*date - now, 0s, mostRetryAfter);
}

} // namespace punctual
