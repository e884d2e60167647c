// SPDX-License-Identifier: GPL-3.0-or-later
// Measures how fast and how exact this program is with a database: it runs a node against an empty one and
// schedules messages to a receiver of its own.
//
// Lives in one thread and runs event loops of its own there.
#pragma once

#include "app/ctl/self_test_report.h"
#include "client/client.h"
#include "runtime/node_host.h"

#include <functional>

namespace punctual::ctl
{

class SelfTest : public QObject
{
    Q_OBJECT

public:
    /// The database has the schema and no messages.
    SelfTest(const DatabaseAddress& address, const SelfTestPlan& plan);
    ~SelfTest() override;

    /// Blocks until everything was measured: some seconds more than the plan has. What the engine did wrong
    /// is in the report; an error says why there is none.
    [[nodiscard]] Result<SelfTestReport> run();

    /// run() ends soon, with an error. Called from one of its event loops.
    void interrupt();

Q_SIGNALS:
    void interrupted();

private:
    using Count = std::function<Result<qint64>()>;

    [[nodiscard]] Result<void> prepare();
    [[nodiscard]] Result<void> measureRates();
    [[nodiscard]] Result<void> measureLateness();
    [[nodiscard]] Result<void> readStatistics();
    [[nodiscard]] Result<void> stopNode();
    void judge();

    [[nodiscard]] Result<void> findClockOffset();
    [[nodiscard]] Result<void> addDestination(const QString& name);
    [[nodiscard]] Result<void> schedule(const QString& destination, const std::vector<Instant>& dues);
    [[nodiscard]] Result<void> awaitDelivered();
    [[nodiscard]] Result<void> awaitCount(const Count& count, qint64 wanted);
    [[nodiscard]] Result<void> pass(Duration time);
    [[nodiscard]] Result<SystemStatus> status();
    [[nodiscard]] Result<qint64> delivered();
    [[nodiscard]] Instant databaseNow() const;

    Actor m_actor{QStringLiteral("selftest"), QStringLiteral("command line")};
    client::Client m_client;
    std::unique_ptr<LoopbackReceiver> m_receiver;
    runtime::NodeHost m_node;
    std::vector<MessageId> m_scheduled;
    Instant m_exactFrom;      // what is due from here on is what the lateness is measured of
    Duration m_clockOffset{}; // of the database, from the clock of this machine
    SelfTestReport m_report;
    bool m_nodeStopped = false;
    bool m_interrupted = false;
};

} // namespace punctual::ctl
