// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/why.h"

#include "core/uuid_v7.h"

#include <QtGlobal>

#include <algorithm>
#include <cmath>

namespace punctual
{

namespace
{

using namespace std::chrono_literals;

constexpr Duration slowClaim = 50ms;
constexpr double leastShare = 0.1; // of the pace, for the lowest priority
constexpr Duration justDue = 2s;   // within it nothing has to be wrong

QString at(const std::optional<Instant>& instant)
{
    return instant ? toRfc3339(*instant) : QString();
}

/// When those before it have gone at this pace, which all priorities share.
std::optional<Instant> after(const WhyFacts& facts, double perSecond)
{
    if (perSecond <= 0)
        return std::nullopt;
    const double ownPace = perSecond * std::clamp(facts.share, leastShare, 1.0);
    const auto wait = std::chrono::duration<double>(static_cast<double>(facts.ahead) / ownPace);
    const Instant earliest = std::max(facts.now, facts.nextAttemptAt.value_or(facts.now));
    return earliest + std::chrono::duration_cast<Duration>(wait);
}

Why paused(const WhyFacts& facts)
{
    if (facts.pausedUntil)
        return {WhyCode::Paused,
                facts.pausedUntil,
                QT_TRANSLATE_NOOP("Why", "The destination was paused by %1 until %2. %3"),
                {facts.pausedBy, at(facts.pausedUntil), facts.pauseReason},
                {}};
    return {WhyCode::Paused,
            {},
            QT_TRANSLATE_NOOP("Why", "The destination was paused by %1 until somebody resumes it. %2"),
            {facts.pausedBy, facts.pauseReason},
            {}};
}

Why notDue(const WhyFacts& facts)
{
    if (facts.attempts == 0)
        return {WhyCode::NotDue,
                facts.nextAttemptAt,
                QT_TRANSLATE_NOOP("Why", "It is due at %1."),
                {at(facts.nextAttemptAt)},
                {}};
    return {WhyCode::NotDue,
            facts.nextAttemptAt,
            QT_TRANSLATE_NOOP("Why", "Attempt %1 failed; the next one goes at %2."),
            {QString::number(facts.attempts), at(facts.nextAttemptAt)},
            {}};
}

/// What stands in the way of a message that waits, the strongest first.
std::optional<Why> obstacle(const WhyFacts& facts)
{
    if (!facts.hasNode)
        return Why{WhyCode::NoNode,
                   {},
                   QT_TRANSLATE_NOOP(
                       "Why", "No live node owns its shard: start one, or wait for another to take over."),
                   {},
                   {}};
    if (facts.isPaused)
        return paused(facts);
    if (!facts.lockedBecause.isEmpty())
        return Why{
            WhyCode::Locked,
            {},
            QT_TRANSLATE_NOOP("Why", "The node that owns its shard sends nothing to this destination: %1"),
            {facts.lockedBecause},
            {}};
    if (facts.isKeyParked)
        return Why{
            WhyCode::KeyParked,
            {},
            QT_TRANSLATE_NOOP("Why", "An earlier message of its key failed for good: release the key."),
            {},
            facts.head};
    if (facts.head)
        return Why{WhyCode::Behind,
                   {},
                   QT_TRANSLATE_NOOP("Why", "It goes after message %1 of the same key."),
                   {toText(*facts.head)},
                   facts.head};
    if (facts.isBreakerOpen && (!facts.breakerUntil || *facts.breakerUntil > facts.now))
        return Why{WhyCode::BreakerOpen,
                   facts.breakerUntil,
                   QT_TRANSLATE_NOOP("Why", "The circuit breaker of the destination is open until %1: %2"),
                   {at(facts.breakerUntil), facts.breakerCause},
                   {}};
    if (facts.isBreakerOpen || facts.isBreakerHalfOpen) // its time is over
        return Why{
            WhyCode::BreakerOpen,
            facts.now,
            QT_TRANSLATE_NOOP("Why", "The circuit breaker of the destination tries it with single calls: %1"),
            {facts.breakerCause},
            {}};
    if (facts.heldUntil && *facts.heldUntil > facts.now)
        return Why{WhyCode::HeldByAnswer,
                   facts.heldUntil,
                   QT_TRANSLATE_NOOP("Why", "The third party asked to be left alone until %1: %2"),
                   {at(facts.heldUntil), facts.heldBecause},
                   {}};
    if (facts.quotaLimit && facts.quotaUsed >= *facts.quotaLimit && facts.quotaResetsAt &&
        *facts.quotaResetsAt > facts.now)
        return Why{WhyCode::Quota,
                   facts.quotaResetsAt,
                   QT_TRANSLATE_NOOP("Why", "The quota of %1 is used up until %2."),
                   {QString::number(*facts.quotaLimit), at(facts.quotaResetsAt)},
                   {}};
    return std::nullopt;
}

/// Of one that is due and that nothing holds: it waits for its turn.
Why inTurn(const WhyFacts& facts)
{
    const bool isLate = facts.now - facts.nextAttemptAt.value_or(facts.now) > justDue;
    if (facts.allowedPerSecond && facts.ahead > 0)
        return {WhyCode::RateLimit,
                after(facts, *facts.allowedPerSecond),
                QT_TRANSLATE_NOOP("Why", "Before it: %1. The rate limit lets %2 a second go."),
                {QString::number(facts.ahead), QString::number(*facts.allowedPerSecond)},
                {}};
    if (facts.delivering >= facts.slots)
        return {WhyCode::NoSlot,
                after(facts, facts.deliveredPerSecond),
                QT_TRANSLATE_NOOP("Why", "As many requests are under way as the destination allows: %1."),
                {QString::number(facts.slots)},
                {}};
    if (facts.allowedPerSecond && isLate)
        return {WhyCode::RateLimit,
                facts.now,
                QT_TRANSLATE_NOOP("Why", "It goes as soon as the rate limit lets it."),
                {},
                {}};
    if (facts.claimTime > slowClaim && isLate)
        return {WhyCode::DatabaseSlow,
                after(facts, facts.deliveredPerSecond),
                QT_TRANSLATE_NOOP("Why", "The database takes %1 ms for a claim."),
                {QString::number(toMilliseconds(facts.claimTime))},
                {}};
    return {WhyCode::Leaving,
            facts.now,
            QT_TRANSLATE_NOOP("Why", "Nothing is in its way: it leaves now."),
            {},
            {}};
}

} // namespace

QLatin1StringView toText(WhyCode code)
{
    static constexpr std::array words{QLatin1StringView("not_due"),    QLatin1StringView("rate_limit"),
                                      QLatin1StringView("quota"),      QLatin1StringView("breaker_open"),
                                      QLatin1StringView("held"),       QLatin1StringView("paused"),
                                      QLatin1StringView("locked"),     QLatin1StringView("behind"),
                                      QLatin1StringView("key_parked"), QLatin1StringView("no_slot"),
                                      QLatin1StringView("no_node"),    QLatin1StringView("database_slow"),
                                      QLatin1StringView("unknown"),    QLatin1StringView("delivering"),
                                      QLatin1StringView("leaving"),    QLatin1StringView("over")};
    static_assert(words.size() == allWhyCodes.size());
    return words[static_cast<std::size_t>(code)];
}

Why whyNotGone(const WhyFacts& facts)
{
    if (isFinal(facts.state))
        return {WhyCode::Over,
                {},
                QT_TRANSLATE_NOOP("Why", "It is over: %1."),
                {QString(toText(facts.state))},
                {}};
    if (facts.state == MessageState::Unknown)
        return {WhyCode::HeldAsUnknown,
                {},
                QT_TRANSLATE_NOOP("Why", "Its request left and no answer came: somebody has to resolve it."),
                {},
                {}};
    if (facts.state == MessageState::Delivering)
        return {WhyCode::Delivering,
                facts.claimedAt,
                QT_TRANSLATE_NOOP("Why", "Attempt %1 is under way since %2."),
                {QString::number(facts.attempts), at(facts.claimedAt)},
                {}};
    const bool isDue = !facts.nextAttemptAt || *facts.nextAttemptAt <= facts.now;
    auto why = obstacle(facts);
    // What ends before it is due, or will be settled by then, is not what it waits for.
    const auto passes = [&](const Why& obstacle) {
        return obstacle.code == WhyCode::NoNode || obstacle.code == WhyCode::Behind ||
               (obstacle.expectedAt && *obstacle.expectedAt <= *facts.nextAttemptAt);
    };
    if (!isDue && (!why || passes(*why)))
        return notDue(facts);
    return why ? *why : inTurn(facts);
}

QJsonObject toJson(const Why& why)
{
    QJsonObject object{
        {QStringLiteral("code"), QString(toText(why.code))},
        {QStringLiteral("detail"), why.words(QString::fromLatin1(why.text)).trimmed()},
        {QStringLiteral("expected_at"),
         why.expectedAt ? QJsonValue(toRfc3339(*why.expectedAt)) : QJsonValue()},
    };
    if (why.behind)
        object.insert(QStringLiteral("behind"), toText(*why.behind));
    return object;
}

} // namespace punctual
