// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/address_limiter.h"

#include <QHostAddress>

#include <algorithm>

namespace punctual::api
{

namespace
{

constexpr Duration second = std::chrono::seconds(1);

QString networkOf(const QString& address)
{
    const QHostAddress host(address);
    if (host.protocol() != QAbstractSocket::IPv6Protocol)
        return address;
    Q_IPV6ADDR bytes = host.toIPv6Address();
    std::fill(bytes.c + 8, bytes.c + 16, quint8(0));
    return QHostAddress(bytes).toString();
}

} // namespace

AddressLimiter::AddressLimiter(int perSecond, qsizetype most)
    : m_limiter(makeRateLimiter({RateAlgorithm::TokenBucket, perSecond, second, perSecond}))
    , m_most(most)
{
}

bool AddressLimiter::take(const QString& address, Instant now)
{
    Entry& entry = entryOf(networkOf(address), now);
    entry.last = now;
    LimiterState next = entry.state;
    const Grant grant = m_limiter->take(next, now, 1);
    if (grant.permits != 1 || grant.first > now)
        return false;
    entry.state = std::move(next);
    return true;
}

AddressLimiter::Entry& AddressLimiter::entryOf(const QString& address, Instant now)
{
    if (m_entries.size() >= m_most && !m_entries.contains(address)) {
        // A bucket that was left alone for a second is full again, like one that is new.
        m_entries.removeIf([now](const auto& entry) { return entry.value().last + second <= now; });
        if (m_entries.size() >= m_most)
            return m_entries[QString()];
    }
    return m_entries[address];
}

} // namespace punctual::api
