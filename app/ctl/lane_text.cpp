// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/lane_text.h"

#include "app/ctl/time_text.h"
#include "client/quota_now.h"

#include <QCoreApplication>
#include <QStringList>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(LaneText)
};

QString withCause(const QString& text, const QString& cause)
{
    return cause.isEmpty() ? text : text + QStringLiteral(": ") + cause;
}

} // namespace

QString quotaOf(const Destination& destination, Instant now)
{
    const auto quota = quotaNow(destination, now);
    if (!quota)
        return {};
    return Words::tr("%1 of %2 until %3")
        .arg(quota->used)
        .arg(quota->limit)
        .arg(toLocalText(quota->resetsAt));
}

QString quotaPaceOf(const Destination& destination, Instant now)
{
    const auto quota = quotaNow(destination, now);
    if (!quota || !quota->runsOutAt)
        return {};
    if (quota->used >= quota->limit)
        return Words::tr("used up");
    const double hours = std::chrono::duration<double, std::ratio<3600>>(*quota->runsOutAt - now).count();
    return Words::tr("used up in %1 hours at this pace, at %2")
        .arg(QString::number(hours, 'f', 1), toLocalText(*quota->runsOutAt));
}

QString breakerOf(const LaneStatus& lane, Instant now)
{
    if (!lane.breaker)
        return {};
    if (*lane.breaker == BreakerState::Closed)
        return toText(*lane.breaker);
    if (*lane.breaker == BreakerState::Open && lane.breakerUntil && *lane.breakerUntil > now)
        return withCause(Words::tr("open until %1").arg(toLocalText(*lane.breakerUntil)), lane.breakerCause);
    return withCause(Words::tr("half_open, being tried again"), lane.breakerCause);
}

QString holdOf(const LaneStatus& lane, Instant now)
{
    if (!lane.heldUntil || *lane.heldUntil <= now)
        return {};
    return withCause(Words::tr("until %1").arg(toLocalText(*lane.heldUntil)), lane.heldBecause);
}

QString providerOf(const LaneStatus& lane)
{
    QStringList parts;
    if (lane.provider.limit)
        parts.append(Words::tr("limit %1").arg(*lane.provider.limit));
    if (lane.provider.remaining)
        parts.append(Words::tr("%1 left").arg(*lane.provider.remaining));
    if (lane.provider.resetAt)
        parts.append(Words::tr("reset at %1").arg(toLocalText(*lane.provider.resetAt)));
    return parts.join(QStringLiteral(", "));
}

} // namespace punctual::ctl
