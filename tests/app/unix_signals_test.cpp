// SPDX-License-Identifier: GPL-3.0-or-later
// Signals of the system arrive in the event loop.
#include "app/common/unix_signals.h"
#include "support/test_main.h"

#include <QSignalSpy>

#include <csignal>

using punctual::app::UnixSignals;

class UnixSignalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void arrive_data();
    void arrive();
};

void UnixSignalsTest::arrive_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void UnixSignalsTest::arrive()
{
    QFETCH(const int, number);
    const UnixSignals signalsOfSystem;
    QSignalSpy stopRequested(&signalsOfSystem, &UnixSignals::stopRequested);
    std::raise(number);
    QVERIFY(stopRequested.wait());
    QCOMPARE(stopRequested.count(), 1);
    // The next one ends the process.
    struct sigaction action = {};
    ::sigaction(number, nullptr, &action);
    QVERIFY(action.sa_handler == SIG_DFL);
}

PUNCTUAL_TEST(UnixSignalsTest)
#include "unix_signals_test.moc"
