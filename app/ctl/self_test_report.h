// SPDX-License-Identifier: GPL-3.0-or-later
// What the self-test measured, judged and written down for people and for programs.
#pragma once

#include "app/ctl/loopback_receiver.h"
#include "core/delivery_statistics.h"

#include <QJsonObject>

#include <optional>
#include <vector>

namespace punctual::ctl
{

struct SelfTestPlan
{
    int messages = 20'000; // that are due already, for the rates
    int rate = 1000;       // messages a second, for the lateness
    int seconds = 5;

    [[nodiscard]] qint64 exactMessages() const { return qint64(rate) * seconds; }
};

/// Of a set of latenesses, which may be negative: too early.
struct Distribution
{
    Duration least{};
    Duration median{};
    Duration p90{};
    Duration p99{};
    Duration most{};
    Duration mean{};

    /// Percentiles by nearest rank: values that were really there.
    [[nodiscard]] static Distribution of(std::vector<Duration> values);

    friend bool operator==(const Distribution&, const Distribution&) = default;
};

/// How many messages did not go as they should.
struct Faults
{
    qint64 early = 0;      // arrived before they were due
    qint64 lost = 0;       // scheduled and never arrived
    qint64 repeated = 0;   // arrived more than once
    qint64 unrecorded = 0; // not delivered, as far as the database knows

    [[nodiscard]] bool none() const { return *this == Faults{}; }

    friend bool operator==(const Faults&, const Faults&) = default;
};

/// Judges what arrived of the messages that were scheduled, but for `unrecorded`.
[[nodiscard]] Faults faultsOf(const std::vector<MessageId>& scheduled, const std::vector<Arrival>& arrivals);

struct SelfTestReport
{
    SelfTestPlan plan;
    double schedulesPerSecond = 0;
    double deliveriesPerSecond = 0;
    Distribution received;     // at the receiver: arrival minus due time
    DeliveryStatistics engine; // of the same messages: first byte sent minus due time
    Faults faults;
};

/// Microseconds throughout.
[[nodiscard]] QJsonObject toJson(const SelfTestReport& report);

/// A few lines for a terminal, without the line feed at the end.
[[nodiscard]] QString toText(const SelfTestReport& report);

} // namespace punctual::ctl
