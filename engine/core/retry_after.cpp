// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retry_after.h"

#include "core/http_date.h"

#include <algorithm>

namespace punctual
{

using namespace std::chrono_literals;

namespace
{

bool areDigits(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Duration> readSeconds(QByteArrayView text)
{
    const auto point = text.indexOf('.');
    const auto whole = point < 0 ? text : text.first(point);
    const auto fraction = point < 0 ? QByteArrayView() : text.sliced(point + 1);
    if (whole.isEmpty() || !areDigits(whole) || !areDigits(fraction) || (point >= 0 && fraction.isEmpty()))
        return std::nullopt;
    bool fits = false;
    const qint64 seconds = whole.toByteArray().toLongLong(&fits);
    const qint64 most = std::chrono::duration_cast<std::chrono::seconds>(mostRetryAfter).count();
    if (!fits || seconds >= most)
        return mostRetryAfter;
    const bool isMore = std::any_of(fraction.begin(), fraction.end(), [](char c) { return c != '0'; });
    return std::chrono::seconds(seconds + (isMore ? 1 : 0));
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
