// SPDX-License-Identifier: GPL-3.0-or-later
// What a test has asked for and what it was answered: the simple truth that the database and the third party
// are compared with in the end.
#pragma once

#include "core/message.h"

#include <map>
#include <optional>
#include <vector>

namespace punctual::test
{

class Ledger
{
public:
    struct Entry
    {
        QByteArray body = {};
        /// A cancel was answered with `cancelled` by then, and nobody restored the message.
        std::optional<Instant> cancelledAt = {};
        /// A cancel had no answer: the message may be cancelled or not.
        bool mayBeCancelled = false;
        /// How often it was being delivered when its node, or the database, was killed.
        int cutOff = 0;
    };

    void add(const MessageId& id, Entry entry) { m_entries[id] = std::move(entry); }
    [[nodiscard]] Entry& at(const MessageId& id) { return m_entries.at(id); }
    [[nodiscard]] const std::map<MessageId, Entry>& entries() const { return m_entries; }
    [[nodiscard]] std::vector<MessageId> ids() const;

private:
    std::map<MessageId, Entry> m_entries;
};

} // namespace punctual::test
