// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/token_cache.h"

#include <QCryptographicHash>

namespace punctual::api
{

namespace
{

constexpr auto rememberedFor = std::chrono::hours(24);

QByteArray hashOf(const QByteArray& secret)
{
    return QCryptographicHash::hash(secret, QCryptographicHash::Sha256);
}

} // namespace

TokenCache::TokenCache(std::chrono::steady_clock::duration lifetime)
    : m_lifetime(lifetime)
{
}

std::optional<Token> TokenCache::find(const QByteArray& secret, Time now) const
{
    const auto entry = m_entries.find(hashOf(secret));
    if (entry == m_entries.end() || entry->until <= now)
        return std::nullopt;
    return entry->token;
}

bool TokenCache::wasKnown(const QByteArray& secret) const
{
    return m_entries.contains(hashOf(secret));
}

void TokenCache::remove(const QByteArray& secret)
{
    m_entries.remove(hashOf(secret));
}

void TokenCache::insert(const QByteArray& secret, const Token& token, Time now)
{
    m_entries.removeIf([now](const auto& entry) { return entry.value().until + rememberedFor <= now; });
    m_entries.insert(hashOf(secret), {token, now + m_lifetime});
}

} // namespace punctual::api
