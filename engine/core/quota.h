// SPDX-License-Identifier: GPL-3.0-or-later
// How many calls a destination grants by minute, hour, day or month of its own time zone, and the counter
// that all nodes share.
//
// Periods begin when the provider's clock on the wall says so: a day has 23 or 25 hours twice a year, and
// where midnight does not exist (Cairo) the day begins with the first moment that does. They are worked out
// from UTC by bisection, and never from a local time, of which there may be none or two.
//
// What is counted is what nodes took to use; what they did not use they give back. Pure: the state and the
// time go in.
#pragma once

#include "core/provider_limits.h"
#include "core/rate_limiter.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace punctual
{

enum class QuotaPeriod { Minute, Hour, Day, Month };

[[nodiscard]] QLatin1StringView toText(QuotaPeriod period);
[[nodiscard]] std::optional<QuotaPeriod> parseQuotaPeriod(QStringView text);

struct Quota
{
    qint64 limit = 1;
    QuotaPeriod per = QuotaPeriod::Day;
    QByteArray timeZone = QByteArrayLiteral("UTC"); // of the IANA database

    friend bool operator==(const Quota&, const Quota&) = default;
};

// {"limit", "per", "time_zone"}; the first two have to be there.
[[nodiscard]] QJsonObject toJson(const Quota& quota);
[[nodiscard]] Quota readQuota(const QJsonObject& object, const QString& pointer,
                              std::vector<FieldError>& errors);

/// From `start` up to, not including, `end`.
struct Period
{
    Instant start;
    Instant end;

    friend bool operator==(const Period&, const Period&) = default;
};

/// The period that this moment is in.
[[nodiscard]] Period periodOf(const Quota& quota, Instant moment);

/// What was used since when.
struct QuotaUse
{
    Period period;
    qint64 used = 0;
};

/// The use at this moment: a period that is over counts no more.
[[nodiscard]] QuotaUse quotaUse(const Quota& quota, const LimiterState& state, Instant now);

/// Takes up to `wanted`; gives how many there were.
[[nodiscard]] int takeFromQuota(const Quota& quota, LimiterState& state, Instant now, int wanted);

/// Gives back what was taken at `takenAt` and not used, if that was in the period of now and after the
/// provider last raised the count: what it says counts calls, not what nodes took, so nothing in it can be
/// given back.
void giveBackToQuota(const Quota& quota, LimiterState& state, Instant now, Instant takenAt, int count);

/// Where the provider says that less remains than is counted here, the provider is right: somebody else calls
/// it too. That more remains does not count: the provider cannot know what other nodes took and have not sent
/// yet. What it says has to be of this period: a provider with several limits may tell of a shorter one,
/// which then only makes the lane wait (LaneGuard). `outstanding` are calls that it cannot have counted.
void correctQuota(const Quota& quota, LimiterState& state, Instant now, const ProviderLimits& said,
                  int outstanding);

/// How long the rest lasts if it goes on as it did since the period began; nothing if nothing was used, or if
/// it lasts to the end of the period.
[[nodiscard]] std::optional<Duration> timeLeftAtThisPace(const Quota& quota, const QuotaUse& use,
                                                         Instant now);

} // namespace punctual
