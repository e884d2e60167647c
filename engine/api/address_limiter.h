// SPDX-License-Identifier: GPL-3.0-or-later
// How many tokens that nobody knows yet an address may show a second: each of them is a question to the
// database, and whoever guesses, or runs wild with a token that was revoked, is not to ask it as fast as he
// can.
//
// A pure class: it is told the time. Not thread-safe. It remembers a bounded number of addresses; beyond that
// all new ones are counted as one.
#pragma once

#include "core/rate_limiter.h"

#include <QHash>
#include <QString>

#include <memory>

namespace punctual::api
{

class AddressLimiter
{
public:
    explicit AddressLimiter(int perSecond, qsizetype most = 10'000);

    /// Whether one more may be shown now. Of IPv6 the network counts (64 bits): its owner has all of it.
    /// Callers without an address, on a Unix socket, are counted as one.
    [[nodiscard]] bool take(const QString& address, Instant now);

private:
    struct Entry
    {
        LimiterState state;
        Instant last;
    };

    Entry& entryOf(const QString& address, Instant now);

    std::unique_ptr<const RateLimiter> m_limiter;
    qsizetype m_most;
    QHash<QString, Entry> m_entries;
};

} // namespace punctual::api
