// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/provider_limits.h"

#include "core/http_date.h"

#include <algorithm>
#include <cmath>

namespace punctual
{

namespace
{

using View = QByteArrayView;

/// The parts of a structured field (RFC 8941) between separators that are not inside of a quoted string.
std::vector<View> split(View text, char separator)
{
    std::vector<View> parts;
    bool isQuoted = false;
    qsizetype begin = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isQuoted && text[i] == '\\') {
            ++i; // what follows is escaped
        } else if (text[i] == '"') {
            isQuoted = !isQuoted;
        } else if (text[i] == separator && !isQuoted) {
            parts.push_back(text.sliced(begin, i - begin).trimmed());
            begin = i + 1;
        }
    }
    parts.push_back(text.sliced(begin).trimmed());
    return parts;
}

/// The value of the first part that is "key=value"; empty when there is none.
View valueOf(const std::vector<View>& parts, View key)
{
    for (const View part : parts)
        if (part.size() > key.size() && part.startsWith(key) && part[key.size()] == '=')
            return part.sliced(key.size() + 1).trimmed();
    return {};
}

View firstOfList(View text)
{
    const auto* const end =
        std::find_if(text.begin(), text.end(), [](char c) { return c == ',' || c == ';'; });
    return text.first(end - text.begin()).trimmed();
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::optional<qint64> readCount(View text)
{
    const View first = firstOfList(text);
    bool fits = false;
    const qint64 count = first.toLongLong(&fits);
    if (!fits || !std::all_of(first.begin(), first.end(), isDigit))
        return std::nullopt;
    return count;
}

std::optional<qint64> readLimit(View text)
{
    const auto limit = readCount(text);
    return limit == 0 ? std::nullopt : limit;
}

std::optional<Instant> ifNear(std::optional<Instant> instant, Instant now)
{
    return instant >= now && instant <= now + mostResetAhead ? instant : std::nullopt;
}

std::optional<Instant> readNumber(View text, Instant now)
{
    constexpr double beyondAll = 1e15; // and far from an overflow below
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (!isNumber || !(number < beyondAll) || text.startsWith('.') ||
        !std::all_of(text.begin(), text.end(), [](char c) { return isDigit(c) || c == '.'; }))
        return std::nullopt;
    const auto after = [number](double microseconds, Instant start) {
        return start + Duration(std::llround(number * microseconds));
    };
    if (number <= std::chrono::duration<double>(mostResetAhead).count())
        return after(1e6, now);
    // Not above 9.2e18 microseconds: seconds that do not fit are milliseconds.
    if (number < 1e12)
        if (const auto near = ifNear(after(1e6, Instant{}), now))
            return near;
    return after(1e3, Instant{});
}

std::optional<Instant> readReset(View text, Instant now)
{
    if (const auto number = readNumber(firstOfList(text), now))
        return ifNear(number, now);
    if (const auto date = parseHttpDate(QString::fromLatin1(text.trimmed()), now))
        return ifNear(date, now);
    const auto date = parseRfc3339(QString::fromLatin1(firstOfList(text)));
    return date ? ifNear(*date, now) : std::nullopt;
}

/// All lines of that name, put together as RFC 9110, section 5.3, says.
QByteArray joined(const std::vector<Header>& headers, View name)
{
    QByteArray all;
    for (const auto& header : headers)
        if (header.name == name)
            all += all.isEmpty() ? header.value : ',' + header.value;
    return all;
}

View firstLine(const std::vector<Header>& headers, const QByteArray& name)
{
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [&](const Header& header) { return header.name == name; });
    return found == headers.end() ? View() : View(found->value);
}

/// limit=100, remaining=50, reset=30
ProviderLimits readDictionary(const std::vector<View>& members, Instant now)
{
    return {.limit = readLimit(valueOf(members, "limit")),
            .remaining = readCount(valueOf(members, "remaining")),
            .resetAt = readReset(valueOf(members, "reset"), now)};
}

std::optional<qint64> limitOfPolicy(View name, const QByteArray& policies)
{
    for (const View policy : split(policies, ','))
        if (const auto parts = split(policy, ';'); parts.front() == name)
            return readLimit(valueOf(parts, "q"));
    return std::nullopt;
}

/// Whether `a` leaves less than `b`; of two that leave the same, the one that does so for longer.
bool isTighter(const ProviderLimits& a, const ProviderLimits& b)
{
    if (a.remaining != b.remaining)
        return a.remaining && (!b.remaining || *a.remaining < *b.remaining);
    return a.resetAt > b.resetAt; // none is the least
}

/// "name";r=50;t=30
ProviderLimits readItems(const std::vector<View>& items, const QByteArray& policies, Instant now)
{
    std::optional<ProviderLimits> tightest;
    for (const View item : items) {
        const auto parts = split(item, ';');
        ProviderLimits limits{.remaining = readCount(valueOf(parts, "r")),
                              .resetAt = readReset(valueOf(parts, "t"), now)};
        if (limits.isEmpty())
            continue;
        limits.limit = limitOfPolicy(parts.front(), policies);
        if (!tightest || isTighter(limits, *tightest))
            tightest = limits;
    }
    return tightest.value_or(ProviderLimits{});
}

ProviderLimits readStructured(const std::vector<Header>& headers, Instant now)
{
    const QByteArray text = joined(headers, "ratelimit");
    if (text.isEmpty())
        return {};
    const auto members = split(text, ',');
    const auto dictionary = readDictionary(members, now);
    return dictionary.isEmpty() ? readItems(members, joined(headers, "ratelimit-policy"), now) : dictionary;
}

ProviderLimits readThreeFields(const std::vector<Header>& headers, const QByteArray& prefix, Instant now)
{
    ProviderLimits limits{.limit = readLimit(firstLine(headers, prefix + "limit")),
                          .remaining = readCount(firstLine(headers, prefix + "remaining")),
                          .resetAt = readReset(firstLine(headers, prefix + "reset-after"), now)};
    if (!limits.resetAt) // a moment may be told by a clock that differs
        limits.resetAt = readReset(firstLine(headers, prefix + "reset"), now);
    return limits;
}

} // namespace

ProviderLimits readProviderLimits(const std::vector<Header>& headers, Instant now)
{
    if (headers.empty())
        return {};
    ProviderLimits limits = readStructured(headers, now);
    for (const char* prefix : {"ratelimit-", "x-ratelimit-", "x-rate-limit-"})
        if (limits.isEmpty())
            limits = readThreeFields(headers, prefix, now);
    return limits;
}

} // namespace punctual
