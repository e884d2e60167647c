// SPDX-License-Identifier: GPL-3.0-or-later
// One try to deliver one message, what came of it, and what follows.
#pragma once

#include "core/destination.h"

#include <QUuid>

namespace punctual
{

/// What an exchange with the third party came to.
enum class Outcome {
    Delivered, // 2xx
    Failed,    // worth another attempt: a status of `retry_on`, or the request never left
    Refused,   // refused for good: any other status, an address that is not allowed
    Unknown,   // the request left and no answer came
};

[[nodiscard]] QLatin1StringView toText(Outcome outcome);
[[nodiscard]] std::optional<Outcome> parseOutcome(QStringView text);

/// How far an exchange got, without any judgement.
struct Exchange
{
    enum class Ending {
        Answered,   // `status` holds the answer's code
        NotSent,    // no connection, or it broke before a byte of the request left
        NoAnswer,   // the request left, then time ran out or the connection broke
        NotAllowed, // the address or the URL is refused by this program
        Outdated,   // not sent: its claim was no longer good, another node may have it by now
    };

    Ending ending = Ending::NotSent;
    int status = 0;
    QString error = {};       // for people, without secrets; empty when answered
    QByteArray response = {}; // the beginning of the answer's body
    std::optional<Duration> retryAfter = {};
    std::vector<Header> headers = {}; // those of the answer that speak of limits, names in lower case
    Instant startedAt;                // when the first byte left; when it was tried, if none did
    Instant endedAt;
};

/// By the statuses that `retry` names.
[[nodiscard]] Outcome judge(const Exchange& exchange, const RetryPolicy& retry);
/// By those of the default policy.
[[nodiscard]] Outcome judge(const Exchange& exchange);

/// The state that a message of this outcome takes, and when it is tried next.
struct NextStep
{
    MessageState state = MessageState::Dead;
    Duration delay{}; // for `retrying`: counted from the end of the attempt
    /// The third party said "stop sending here" (410 unless the policy says otherwise): the destination is
    /// to be paused until a person resumes it.
    bool pauseDestination = false;
};

/// `attempt` is the number of the attempt that has just ended, `maxAttempts` the message's limit and
/// `random` in [0, 1) the jitter. With a `due` time the greatest age counts too: a message whose next
/// attempt would begin later is dead. `Retry-After` is obeyed even where it is longer than the cap.
[[nodiscard]] NextStep nextStep(const Exchange& exchange, int attempt, int maxAttempts,
                                const RetryPolicy& retry, OnUnknown onUnknown, double random,
                                std::optional<Instant> due = {});

/// An attempt as the database has it.
struct Attempt
{
    MessageId message;
    int number = 0;
    QUuid node;
    Outcome outcome = Outcome::Unknown;
    int status = 0;
    QString error;
    QByteArray response;
    Instant startedAt;
    Instant finishedAt;
    Duration lateness{}; // first byte sent minus due time; never negative
};

} // namespace punctual
