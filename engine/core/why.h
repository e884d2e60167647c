// SPDX-License-Identifier: GPL-3.0-or-later
// Why a message has not gone yet: of all that may hold it up the one cause that counts, and when it is
// expected to leave.
//
// A pure function over what the database knows at one moment.
#pragma once

#include "core/message.h"

#include <QJsonObject>

#include <optional>

namespace punctual
{

enum class WhyCode {
    NotDue,        // it waits for its time, or for the time of its next attempt
    RateLimit,     // others are before it and only so many may go
    Quota,         // the quota of this period is used up
    BreakerOpen,   // the third party failed too often: it is left alone until then
    HeldByAnswer,  // the third party asked for a pause
    Paused,        // by a person
    Locked,        // the node that owns its shard cannot open its credentials or does not know a time zone
    Behind,        // another message of its key is not over
    KeyParked,     // an earlier message of its key failed for good: a person has to look
    NoSlot,        // as many requests are under way as the destination allows
    NoNode,        // no live node owns its shard
    DatabaseSlow,  // the database takes long over claims
    HeldAsUnknown, // its request left, no answer came, and a person has to decide
    Delivering,    // an attempt is under way
    Leaving,       // nothing is in its way
    Over,          // it is in a final state
};

inline constexpr std::array allWhyCodes{
    WhyCode::NotDue,        WhyCode::RateLimit,  WhyCode::Quota,   WhyCode::BreakerOpen,
    WhyCode::HeldByAnswer,  WhyCode::Paused,     WhyCode::Locked,  WhyCode::Behind,
    WhyCode::KeyParked,     WhyCode::NoSlot,     WhyCode::NoNode,  WhyCode::DatabaseSlow,
    WhyCode::HeldAsUnknown, WhyCode::Delivering, WhyCode::Leaving, WhyCode::Over};

/// The code as scripts see it, such as "breaker_open".
[[nodiscard]] QLatin1StringView toText(WhyCode code);

struct Why
{
    WhyCode code = WhyCode::Leaving;
    std::optional<Instant> expectedAt; // nothing: it depends on a person, or on what nobody can know
    const char* text = ""; // a sentence for people, in English; to be translated in the context "Why"
    QStringList arguments; // that take the places of its %1, %2
    std::optional<MessageId> behind; // for Behind and KeyParked

    /// The sentence from its translation, or from `text` itself.
    [[nodiscard]] QString words(QString sentence) const
    {
        for (const auto& argument : arguments)
            sentence = sentence.arg(argument);
        return sentence;
    }
};

/// What the database knows of a message and its destination at the moment `now`.
struct WhyFacts
{
    Instant now;
    MessageState state = MessageState::Scheduled;
    QString destination;
    Instant dueAt;
    std::optional<Instant> nextAttemptAt;
    int attempts = 0;
    int lastStatus = 0;
    QString lastError;
    std::optional<Instant> claimedAt;

    bool isPaused = false;
    std::optional<Instant> pausedUntil;
    QString pausedBy;
    QString pauseReason;
    QString lockedBecause; // by the node that owns its shard; empty: it is not

    std::optional<MessageId> head; // the first unfinished one of its key, if it is another one
    bool isKeyParked = false;
    bool hasNode = false;

    std::optional<Instant> heldUntil;
    QString heldBecause;
    bool isBreakerOpen = false;
    bool isBreakerHalfOpen = false;
    std::optional<Instant> breakerUntil;
    QString breakerCause;
    std::optional<qint64> quotaLimit;
    qint64 quotaUsed = 0;
    std::optional<Instant> quotaResetsAt;
    std::optional<double> allowedPerSecond; // by the rate limit

    qint64 ahead = 0; // of the same destination and priority, with an earlier time
    double share = 1; // of the pace, that its priority has
    qint64 delivering = 0;
    qint64 slots = 0;              // of all live nodes
    double deliveredPerSecond = 0; // of late
    Duration claimTime{};          // of late, the mean share of the lateness
};

[[nodiscard]] Why whyNotGone(const WhyFacts& facts);

[[nodiscard]] QJsonObject toJson(const Why& why);

} // namespace punctual
