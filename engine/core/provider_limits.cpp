// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider_limits.h"

#include "core/retry_after.h"

#include <QList>

#include <algorithm>
#include <array>
#include <cmath>

namespace punctual
{

namespace
{

constexpr qint64 mostCalls = 1'000'000'000'000;

QByteArray valueOf(const std::vector<Header>& headers, QByteArrayView name)
{
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const Header& header) {
        return header.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == headers.end() ? QByteArray() : found->value.trimmed();
}

/// Digits, perhaps with a fraction, and nothing else.
std::optional<double> number(QByteArrayView text)
{
    const QByteArrayView trimmed = text.trimmed();
    const bool plain = !trimmed.isEmpty() && trimmed.size() < 30 && trimmed.front() != '.' &&
                       std::all_of(trimmed.begin(), trimmed.end(),
                                   [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    bool ok = false;
    const double value = plain ? trimmed.toDouble(&ok) : 0;
    return ok ? std::optional(value) : std::nullopt;
}

std::optional<qint64> calls(QByteArrayView text)
{
    const auto value = number(text);
    if (!value || *value > static_cast<double>(mostCalls) || *value != std::floor(*value))
        return std::nullopt;
    return static_cast<qint64>(*value);
}

std::optional<Instant> believed(Instant reset, Instant now)
{
    if (reset > now + longestRetryAfter || reset < now - std::chrono::minutes(1))
        return std::nullopt;
    return std::max(reset, now);
}

std::optional<Instant> resetAfter(QByteArrayView text, Instant now)
{
    const auto seconds = number(text);
    if (!seconds || *seconds * 1e6 > static_cast<double>(longestRetryAfter.count()))
        return std::nullopt;
    return now + Duration(std::llround(std::ceil(*seconds * 1e6)));
}

std::optional<Instant> resetOf(QByteArrayView text, Instant now)
{
    if (const auto value = number(text)) {
        if (*value >= 1e9 && *value < 1e11)
            return believed(Instant{Duration(std::llround(*value * 1e6))}, now);
        if (*value >= 1e12 && *value < 1e14)
            return believed(Instant{Duration(std::llround(*value * 1e3))}, now);
        return resetAfter(text, now);
    }
    if (const auto date = httpDate(text, now))
        return believed(*date, now);
    if (const auto date = parseRfc3339(QString::fromLatin1(text.trimmed())))
        return believed(*date, now);
    return std::nullopt;
}

/// The value of `key` in `parameters`, as "50" for r in ";r=50;t=30".
QByteArray parameter(const QList<QByteArray>& parameters, QByteArrayView key)
{
    for (const QByteArray& part : parameters)
        if (const auto equals = part.indexOf('='); equals > 0 && part.left(equals).trimmed() == key)
            return part.mid(equals + 1).trimmed();
    return {};
}

/// The items of a list, "a;x=1, b;x=2". A name with a comma in it is not understood, and ignored.
std::vector<QList<QByteArray>> items(const QByteArray& value)
{
    std::vector<QList<QByteArray>> read;
    for (const QByteArray& item : value.split(','))
        read.push_back(item.trimmed().split(';'));
    return read;
}

std::optional<qint64> limitOfPolicy(const std::vector<Header>& headers, const QByteArray& name)
{
    for (const auto& item : items(valueOf(headers, "RateLimit-Policy")))
        if (item.front().trimmed() == name)
            return calls(parameter(item, "q"));
    return std::nullopt;
}

ProviderLimits structured(const std::vector<Header>& headers, Instant now)
{
    ProviderLimits tightest;
    const QByteArray value = valueOf(headers, "RateLimit");
    for (const auto& item : items(value)) {
        const auto remaining = calls(parameter(item, "r"));
        if (!remaining || (tightest.remaining && *tightest.remaining <= *remaining))
            continue;
        tightest = {.limit = limitOfPolicy(headers, item.front().trimmed()),
                    .remaining = remaining,
                    .resetAt = resetAfter(parameter(item, "t"), now),
                    .retryAfter = {}};
    }
    if (!tightest.isEmpty())
        return tightest;
    const auto parts = value.split(',');
    return {.limit = calls(parameter(parts, "limit")),
            .remaining = calls(parameter(parts, "remaining")),
            .resetAt = resetAfter(parameter(parts, "reset"), now),
            .retryAfter = {}};
}

/// The first value of "100, 100;w=60". A date has a comma of its own.
QByteArray first(const QByteArray& value)
{
    return value.left(std::min(value.indexOf(',') < 0 ? value.size() : value.indexOf(','),
                               value.indexOf(';') < 0 ? value.size() : value.indexOf(';')));
}

ProviderLimits separate(const std::vector<Header>& headers, const QByteArray& prefix, Instant now)
{
    const QByteArray reset = valueOf(headers, prefix + "Reset");
    ProviderLimits limits{.limit = calls(first(valueOf(headers, prefix + "Limit"))),
                          .remaining = calls(first(valueOf(headers, prefix + "Remaining"))),
                          .resetAt = resetAfter(valueOf(headers, prefix + "Reset-After"), now),
                          .retryAfter = {}};
    if (!limits.resetAt)
        limits.resetAt = resetOf(number(first(reset)) ? first(reset) : reset, now);
    return limits;
}

} // namespace

ProviderLimits readProviderLimits(const std::vector<Header>& headers, Instant now)
{
    ProviderLimits limits = structured(headers, now);
    for (const char* prefix : {"RateLimit-", "X-RateLimit-", "X-Rate-Limit-"})
        if (limits.isEmpty())
            limits = separate(headers, prefix, now);
    limits.retryAfter = readRetryAfter(valueOf(headers, "Retry-After"), now);
    return limits;
}

} // namespace punctual
