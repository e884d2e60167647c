// SPDX-License-Identifier: GPL-3.0-or-later
// Where a fault test plays: a database, servers on it, and a ledger of what was asked for.
//
// A trigger of the test's own notes every move of a message from one state to another, and when by the
// database's clock.
// What cannot be done while nothing is broken ends the test program with a message.
#pragma once

#include "core/destination.h"
#include "ledger.h"
#include "randomness.h"
#include "server.h"
#include "shifted_clock.h"
#include "store/connection.h"

#include <QJsonObject>

#include <memory>

namespace punctual::test
{

/// The patience of a condition that waits for leases, claims or retries besides, in milliseconds.
inline constexpr int longPatience = 60'000;

[[nodiscard]] Instant systemNow();

class Scene
{
public:
    explicit Scene(const DatabaseAddress& address);

    Randomness random;
    Ledger ledger;
    std::vector<std::unique_ptr<Server>> servers;
    store::Connection connection;

    /// One more server; with an address, by another way to the database.
    Server& startServer() { return startServer(m_address); }
    Server& startServer(const DatabaseAddress& address, const std::map<QString, QString>& environment = {});
    /// One whose machine's clock is another.
    Server& startServer(const ShiftedClock& clock);
    /// One that has ended is forgotten.
    void forget(const Server& server);
    /// SIGTERM to all of them; whether all ended cleanly.
    [[nodiscard]] bool stopServers();

    void put(const Destination& destination);

    /// Schedules so many messages, some due at once and the others within `spread`, whatever happens to the
    /// database meanwhile.
    std::vector<MessageId> schedule(const QString& destination, int count, Duration spread);
    std::vector<MessageId> schedule(std::vector<NewMessage> messages);
    /// Asks for a cancel and notes the verdict; null when there was none.
    std::optional<MessageState> cancel(const MessageId& id);

    /// Whether PostgreSQL has ended what a killed server had asked for last.
    [[nodiscard]] bool onlyServersAreConnected();
    /// The same for one that stands still: what was asked for before `moment`, by PostgreSQL's clock.
    [[nodiscard]] bool hasEndedWhatBeganBefore(Instant moment);
    /// Notes what is being delivered at this moment, by this node or by any.
    int noteCutOff(const QString& nodeName = {});

    /// What punctualctl says of the database.
    [[nodiscard]] QJsonObject ask(const QString& command) const;

    /// How many messages are not final yet; -1 while the database does not answer.
    [[nodiscard]] int live();
    /// How many shards a node with a running lease has; -1 while the database does not answer.
    [[nodiscard]] int shardsOf(const Server& server);
    [[nodiscard]] int number(const QString& sql);

private:
    [[nodiscard]] bool isStored(const MessageId& id);

    DatabaseAddress m_address;
};

/// A destination for faults: quick to time out, patient with retries.
[[nodiscard]] Destination patientDestination(const QString& url,
                                             const QString& name = QStringLiteral("orders"));

} // namespace punctual::test
