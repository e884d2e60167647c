// SPDX-License-Identifier: GPL-3.0-or-later
// What happened to messages, in the order in which it is told to those who follow along.
#pragma once

#include "core/message.h"

#include <QStringView>

#include <optional>
#include <vector>

namespace punctual
{

/// A place in the order of all changes of one database: behind the first `count` messages of a set.
struct ChangePlace
{
    quint64 transaction = 0; // of the database
    qint64 id = 0;
    qint64 count = 0;

    // NOLINTNEXTLINE(modernize-use-nullptr): the compiler's own 0
    friend auto operator<=>(const ChangePlace&, const ChangePlace&) = default;
};

/// "7001-12-3". It survives a restart of everything but the move to another cluster.
[[nodiscard]] QString toText(const ChangePlace& place);
[[nodiscard]] std::optional<ChangePlace> parseChangePlace(QStringView text);

/// Messages of one destination that came into one state at one moment.
struct ChangeSet
{
    ChangePlace place; // its beginning
    Instant at;
    QString destination;
    MessageState state = MessageState::Scheduled;
    std::vector<MessageId> ids;

    /// Behind all of it.
    [[nodiscard]] ChangePlace end() const { return {place.transaction, place.id + 1, 0}; }
};

struct ChangeStart
{
    ChangePlace now;      // what changes from now on is behind it
    ChangePlace complete; // from here on everything is still there
};

} // namespace punctual
