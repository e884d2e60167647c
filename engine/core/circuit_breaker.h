// SPDX-License-Identifier: GPL-3.0-or-later
// A circuit breaker: a third party that fails is left alone for a while, and then tried with a few calls
// before everything goes to it again (Nygard, "Release It!", 2nd ed., chapter 5; the window of buckets is
// that of resilience4j's time-based sliding window).
//
// Two rules open it. The share of failures in a window, once there were enough calls: for a third party that
// answers many and fails part of them. And failures in a row: for one that gets few calls and is dead.
//
//   closed ──(ratio or row)──> open ──(time)──> half open ──(all probes succeed)──> closed
//                                ^─────────(a probe fails: twice as long)─────┘
//
// All nodes share one state. Each reports what it saw in batches, so within a batch only the end tells what
// is "in a row". Pure: the state and the time go in.
#pragma once

#include "core/rate_limiter.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace punctual
{

struct Exchange;

struct CircuitBreakerSettings
{
    double failureRatio = 0.5;
    int minCalls = 20; // in the window, before the ratio counts
    Duration window = std::chrono::minutes(1);
    int consecutiveFailures = 10;
    Duration open = std::chrono::seconds(30);    // doubles with every probe that fails
    Duration maxOpen = std::chrono::minutes(10); // up to this
    int probes = 1;                              // that have to succeed

    friend bool operator==(const CircuitBreakerSettings&, const CircuitBreakerSettings&) = default;
};

[[nodiscard]] QJsonObject toJson(const CircuitBreakerSettings& settings);
[[nodiscard]] CircuitBreakerSettings readCircuitBreaker(const QJsonObject& object, const QString& pointer,
                                                        std::vector<FieldError>& errors);

enum class BreakerState { Closed, Open, HalfOpen };

[[nodiscard]] QLatin1StringView toText(BreakerState state);
[[nodiscard]] std::optional<BreakerState> parseBreakerState(QStringView text);

/// Connection errors, requests without an answer and 5xx. What the third party refuses (4xx) it is alive for,
/// and 429 has a pause of its own.
[[nodiscard]] bool isBreakerFailure(const Exchange& exchange);
/// Whether it says anything about the third party: a request that this program did not send does not.
[[nodiscard]] bool concernsBreaker(const Exchange& exchange);

class CircuitBreaker
{
public:
    /// A probe of which nothing is heard for `patience` is given up, and another one may go: its node died.
    CircuitBreaker(const CircuitBreakerSettings& settings, Duration patience)
        : m_settings(settings)
        , m_patience(patience)
    {
    }

    /// `failuresAtEnd`: of the failures, those after the last success. Gives why it opened, if it did.
    std::optional<QString> report(LimiterState& state, Instant now, int successes, int failures,
                                  int failuresAtEnd) const;

    /// How many of `wanted` calls may go: all while it is closed, none while it is open, probes in between.
    /// Those that go are to be booked.
    [[nodiscard]] int available(const LimiterState& state, Instant now, int wanted) const;
    void book(LimiterState& state, Instant now, int calls) const;
    /// Booked calls that did not go after all.
    void giveBack(LimiterState& state, int calls) const;

    /// Whether a call that began then says nothing any more: it left before the breaker opened.
    [[nodiscard]] static bool isOld(const LimiterState& state, Instant startedAt);

    /// An open breaker whose time is over reads half open.
    [[nodiscard]] static BreakerState stateAt(const LimiterState& state, Instant now);
    /// When it is tried again: of an open one.
    [[nodiscard]] static std::optional<Instant> reopensAt(const LimiterState& state);
    /// When a half-open one may give another probe.
    [[nodiscard]] static std::optional<Instant> nextProbeAt(const LimiterState& state);

private:
    struct Memory;

    void open(Memory& memory, Instant now) const;

    CircuitBreakerSettings m_settings;
    Duration m_patience;
};

} // namespace punctual
