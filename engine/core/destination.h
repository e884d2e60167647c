// SPDX-License-Identifier: GPL-3.0-or-later
// A destination: a named third-party API and how it wants to be called.
#pragma once

#include "core/batching.h"
#include "core/circuit_breaker.h"
#include "core/credentials.h"
#include "core/key_order.h"
#include "core/message.h"
#include "core/provider_limits.h"
#include "core/quota.h"
#include "core/rate_limit.h"
#include "core/retry_policy.h"
#include "core/tls.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace punctual
{

/// What happens to a message whose request left but brought no answer.
enum class OnUnknown {
    Retry, // send it again with the same idempotency key
    Hold,  // state `unknown`: a person decides
};

[[nodiscard]] QLatin1StringView toText(OnUnknown onUnknown);
[[nodiscard]] std::optional<OnUnknown> parseOnUnknown(QStringView text);

/// Nothing leaves for a paused destination; its messages wait and can be cancelled.
struct Pause
{
    std::optional<Instant> until; // absent: until somebody resumes it
    QString reason;
    QString by;
};

/// What the rules of a destination have come to, as all nodes share it.
struct LaneStatus
{
    std::optional<qint64> quotaUsed;
    std::optional<Instant> quotaResetsAt;
    std::optional<BreakerState> breaker;
    std::optional<Instant> breakerUntil; // of an open one
    QString breakerCause;
    std::optional<Instant> heldUntil; // the third party asked to be left alone
    QString heldBecause;
    ProviderLimits provider; // what it said last of its own limits
};

struct Destination
{
    QString name;
    QString url;
    QByteArray method = QByteArrayLiteral("POST");
    std::vector<Header> headers;
    Duration timeout = std::chrono::seconds(10); // for a whole attempt, from connect to the last byte
    int maxConcurrency = 64;                     // requests in flight on one node
    bool http2 = false;
    bool allowPrivateAddresses = false;
    Tls tls;
    Credentials credentials;
    std::optional<Batching> batching; // absent: every message has a request of its own
    std::optional<RateLimit> rateLimit;
    std::optional<Quota> quota;
    std::optional<CircuitBreakerSettings> circuitBreaker;
    KeyOrder order;
    RetryPolicy retry;
    OnUnknown onUnknown = OnUnknown::Retry;

    // Set by the database.
    std::optional<Pause> pause;
    LaneStatus lane;
    bool builtIn = false; // the destination `echo`, which the node answers itself
    qint64 version = 0;   // grows with every change
    Instant createdAt;
    Instant updatedAt;

    [[nodiscard]] bool isPaused(Instant now) const { return pause && (!pause->until || *pause->until > now); }
};

/// The name and URL of the destination that every installation has.
inline constexpr QLatin1StringView echoName("echo");
inline constexpr QLatin1StringView echoUrl("punctual:echo");

} // namespace punctual
