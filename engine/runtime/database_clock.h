// SPDX-License-Identifier: GPL-3.0-or-later
// The database's time on this machine, without asking for it.
//
// A sample is the server's clock as it was somewhere inside a round trip. When the answer arrives the
// server's clock can only be later than the sample, so sample + (time since its arrival) never runs ahead
// of the database, and the best of the last samples, the one whose answer came back fastest, is the least
// behind. (Cristian, "Probabilistic clock synchronization", 1989, with the error kept on one side.) What is
// judged due by this clock really is.
//
// The server cannot have read its clock before it was asked. A sample by which the others would be ahead even
// so is from a clock that was set back, or from another server after a failover: then the others count no
// more.
//
// Time passes by CLOCK_BOOTTIME, which no one sets and which goes on during suspend.
#pragma once

#include "core/clock.h"

#include <chrono>
#include <deque>
#include <functional>
#include <optional>

namespace punctual::runtime
{

class DatabaseClock : public Clock
{
public:
    /// Time since this machine started, suspend included. `passed` is for tests.
    using Passed = std::function<Duration()>;
    explicit DatabaseClock(Passed passed = &sinceBoot);

    /// A sample: what the server said, and when this machine asked and had the answer, by `passed`.
    void observe(Instant databaseTime, Duration askedAt, Duration answeredAt);

    /// A reading that came with other work, and so later than need be: it counts only where it shows that the
    /// samples are wrong. The clock may have been set since the last one.
    void correct(Instant databaseTime, Duration askedAt, Duration answeredAt);

    [[nodiscard]] bool isSet() const { return !m_offsets.empty(); }
    /// The system's clock until there is a sample.
    [[nodiscard]] Instant now() const override;

    /// How far this machine's clock is ahead of the database's; nothing without a sample. Nothing else here
    /// uses that clock.
    [[nodiscard]] std::optional<Duration> offsetOfMachine() const;

    [[nodiscard]] static Duration sinceBoot();

private:
    static constexpr std::size_t keptSamples = 8;

    Passed m_passed;
    std::deque<Instant> m_offsets; // the database's time at boot, by each sample
    Instant m_offset;              // the greatest of them
};

} // namespace punctual::runtime
