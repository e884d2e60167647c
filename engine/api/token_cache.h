// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens that the database has lately confirmed, so that a busy caller costs it one look-up every few
// seconds. A revoked token therefore works on for that long at most. Only hashes are kept.
//
// A pure class: it is told the time. Not thread-safe.
#pragma once

#include "core/actor.h"

#include <QByteArray>
#include <QHash>

#include <chrono>
#include <optional>

namespace punctual::api
{

class TokenCache
{
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit TokenCache(std::chrono::steady_clock::duration lifetime = std::chrono::seconds(5));

    [[nodiscard]] std::optional<Token> find(const QByteArray& secret, Time now) const;
    /// Whether the database has confirmed it within a day: then it is no guess, and may be asked for again.
    [[nodiscard]] bool wasKnown(const QByteArray& secret) const;
    /// Also forgets what is too old.
    void insert(const QByteArray& secret, const Token& token, Time now);
    /// It is not valid any more.
    void remove(const QByteArray& secret);

private:
    struct Entry
    {
        Token token;
        Time until;
    };

    std::chrono::steady_clock::duration m_lifetime;
    QHash<QByteArray, Entry> m_entries;
};

} // namespace punctual::api
