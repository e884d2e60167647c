// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quota.h"

#include "core/field_reader.h"

#include <QTimeZone>

#include <algorithm>

namespace punctual
{

using namespace std::chrono_literals;

namespace
{

constexpr std::size_t stateSize = 3; // the period's start, what was used, when the provider last raised it

constexpr QLatin1StringView fieldLimit("limit");
constexpr QLatin1StringView fieldPer("per");
constexpr QLatin1StringView fieldTimeZone("time_zone");

/// What a wall clock in the zone reads at this moment, as if it were UTC.
Instant wallClock(const QTimeZone& zone, Instant moment)
{
    const auto utc = QDateTime::fromMSecsSinceEpoch(toMilliseconds(moment.time_since_epoch()), Qt::UTC);
    return moment + std::chrono::seconds(zone.offsetFromUtc(utc));
}

/// The number of the period that a wall clock shows; it grows by one from period to period.
qint64 numberOf(QuotaPeriod per, Instant wall)
{
    switch (per) {
    case QuotaPeriod::Minute:
        return std::chrono::floor<std::chrono::minutes>(wall).time_since_epoch().count();
    case QuotaPeriod::Hour:
        return std::chrono::floor<std::chrono::hours>(wall).time_since_epoch().count();
    case QuotaPeriod::Day:
        return std::chrono::floor<std::chrono::days>(wall).time_since_epoch().count();
    case QuotaPeriod::Month: {
        const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(wall));
        return qint64{int(day.year())} * 12 + static_cast<qint64>(unsigned(day.month())) - 1;
    }
    }
    Q_UNREACHABLE();
}

/// Longer than any period of the kind, clock changes included.
Duration longest(QuotaPeriod per)
{
    switch (per) {
    case QuotaPeriod::Minute:
        return 1min;
    case QuotaPeriod::Hour:
        return 1h;
    case QuotaPeriod::Day:
        return 50h;
    case QuotaPeriod::Month:
        return 24h * 33;
    }
    Q_UNREACHABLE();
}

/// The first second in (before, after] in which `reached` holds; it holds in `after`.
template <class Reached>
Instant firstSecond(Instant before, Instant after, Reached reached)
{
    auto low = std::chrono::floor<std::chrono::seconds>(before);
    auto high = std::chrono::ceil<std::chrono::seconds>(after);
    while (high - low > 1s) {
        const auto middle = low + (high - low) / 2;
        (reached(middle) ? high : low) = middle;
    }
    return high;
}

/// When the provider last said that more was used than is counted here; long ago if it never did.
Instant raisedAt(const LimiterState& state)
{
    return state.size() >= stateSize ? instantOf(state[2]) : Instant{};
}

LimiterState stateOf(const QuotaUse& use, qint64 used, Instant raisedAt)
{
    return {toMicroseconds(use.period.start), used, toMicroseconds(raisedAt)};
}

} // namespace

QLatin1StringView toText(QuotaPeriod period)
{
    switch (period) {
    case QuotaPeriod::Minute:
        return QLatin1StringView("minute");
    case QuotaPeriod::Hour:
        return QLatin1StringView("hour");
    case QuotaPeriod::Day:
        return QLatin1StringView("day");
    case QuotaPeriod::Month:
        return QLatin1StringView("month");
    }
    Q_UNREACHABLE();
}

std::optional<QuotaPeriod> parseQuotaPeriod(QStringView text)
{
    for (const auto one : {QuotaPeriod::Minute, QuotaPeriod::Hour, QuotaPeriod::Day, QuotaPeriod::Month})
        if (toText(one) == text)
            return one;
    return std::nullopt;
}

QJsonObject toJson(const Quota& quota)
{
    return {
        {fieldLimit, quota.limit},
        {fieldPer, QString(toText(quota.per))},
        {fieldTimeZone, QString::fromLatin1(quota.timeZone)},
    };
}

Quota readQuota(const QJsonObject& object, const QString& pointer, std::vector<FieldError>& errors)
{
    FieldReader fields(object, pointer, errors);
    Quota quota;
    for (const auto name : {fieldLimit, fieldPer})
        if (!fields.has(name))
            fields.wrong(name, QStringLiteral("is missing"));
    FieldReader::assign(quota.limit, fields.integer(fieldLimit, 1, 1'000'000'000'000));
    FieldReader::assign(
        quota.per, fields.word(fieldPer, &parseQuotaPeriod, QLatin1StringView("minute, hour, day, month")));
    if (const auto zone = fields.text(fieldTimeZone)) {
        quota.timeZone = zone->toLatin1();
        if (!QTimeZone::isTimeZoneIdAvailable(quota.timeZone))
            fields.wrong(fieldTimeZone,
                         QStringLiteral("is not a time zone of this machine, such as Asia/Singapore"));
    }
    fields.refuseUnknownFields();
    return quota;
}

Period periodOf(const Quota& quota, Instant moment)
{
    const QTimeZone zone(QTimeZone::isTimeZoneIdAvailable(quota.timeZone) ? quota.timeZone
                                                                          : QByteArrayLiteral("UTC"));
    if (quota.per == QuotaPeriod::Minute) { // the same one may come twice, an hour apart
        const Instant wall = wallClock(zone, moment);
        const Instant start = std::chrono::floor<std::chrono::minutes>(wall) - (wall - moment);
        return {start, start + 1min};
    }
    const auto numberAt = [&](Instant at) { return numberOf(quota.per, wallClock(zone, at)); };
    const qint64 number = numberAt(moment);
    // Where clocks are put back a wall shows the same hour twice on end: it is one period then.
    const Duration reach = longest(quota.per) + 2h;
    return {firstSecond(moment - reach, moment, [&](Instant at) { return numberAt(at) >= number; }),
            firstSecond(moment, moment + reach, [&](Instant at) { return numberAt(at) > number; })};
}

QuotaUse quotaUse(const Quota& quota, const LimiterState& state, Instant now)
{
    QuotaUse use{periodOf(quota, now), 0};
    // Another node, whose clock is a little ahead, is in the next period already.
    if (state.size() >= stateSize && instantOf(state[0]) > now && instantOf(state[0]) - now < 1min)
        use.period = periodOf(quota, instantOf(state[0]));
    // What was counted since a later moment counts as well: the quota had a shorter period then.
    if (state.size() >= stateSize && instantOf(state[0]) >= use.period.start &&
        instantOf(state[0]) < use.period.end)
        use.used = state[1];
    return use;
}

int takeFromQuota(const Quota& quota, LimiterState& state, Instant now, int wanted)
{
    const QuotaUse use = quotaUse(quota, state, now);
    const auto taken = static_cast<int>(std::clamp<qint64>(quota.limit - use.used, 0, std::max(wanted, 0)));
    state = stateOf(use, use.used + taken, raisedAt(state));
    return taken;
}

void giveBackToQuota(const Quota& quota, LimiterState& state, Instant now, Instant takenAt, int count)
{
    const QuotaUse use = quotaUse(quota, state, now);
    if (takenAt >= use.period.start && takenAt >= raisedAt(state))
        state = stateOf(use, std::max<qint64>(0, use.used - count), raisedAt(state));
}

void correctQuota(const Quota& quota, LimiterState& state, Instant now, const ProviderLimits& said,
                  int outstanding)
{
    const QuotaUse use = quotaUse(quota, state, now);
    // A minute of difference is the provider's clock; more is another window. Only downwards: what other
    // nodes took and have not sent yet the provider cannot know.
    const bool endsThen = !said.resetAt || std::chrono::abs(*said.resetAt - use.period.end) < 1min;
    const bool isOfThisPeriod =
        endsThen && (said.limit ? *said.limit == quota.limit : said.resetAt.has_value());
    if (!said.remaining || !isOfThisPeriod)
        return;
    const qint64 left = std::max<qint64>(0, *said.remaining - outstanding);
    if (quota.limit - left > use.used)
        state = stateOf(use, quota.limit - left, now);
}

std::optional<Duration> timeLeftAtThisPace(const Quota& quota, const QuotaUse& use, Instant now)
{
    const Duration passed = now - use.period.start;
    if (use.used <= 0 || passed <= Duration{})
        return std::nullopt;
    const double perMicrosecond = static_cast<double>(use.used) / static_cast<double>(passed.count());
    const double left = static_cast<double>(std::max<qint64>(0, quota.limit - use.used)) / perMicrosecond;
    if (left >= static_cast<double>((use.period.end - now).count()))
        return std::nullopt;
    return Duration(static_cast<qint64>(left));
}

} // namespace punctual
