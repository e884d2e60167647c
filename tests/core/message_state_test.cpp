// SPDX-License-Identifier: GPL-3.0-or-later
// The life of a message: every pair of states against the drawn arrows.
#include "core/message_state.h"
#include "support/test_main.h"

#include <map>
#include <set>

using namespace punctual;
using enum MessageState;

class MessageStateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movesAlongItsArrowsOnly_data();
    void movesAlongItsArrowsOnly();
    void sortsStatesByKind_data();
    void sortsStatesByKind();
    void finalStatesAreLeftOnlyByRestore();
};

void MessageStateTest::movesAlongItsArrowsOnly_data()
{
    static const std::map<MessageState, std::set<MessageState>> arrows{
        {Scheduled, {Delivering, Cancelled, Expired}},
        {Retrying, {Delivering, Cancelled, Expired}},
        {Delivering, {Delivered, Retrying, Dead, Unknown}},
        {Unknown, {Delivered, Retrying, Dead}},
        {Cancelled, {Scheduled}},
        {Delivered, {}},
        {Dead, {}},
        {Expired, {}},
    };
    QTest::addColumn<MessageState>("from");
    QTest::addColumn<MessageState>("to");
    QTest::addColumn<bool>("may");
    for (const auto from : allMessageStates)
        for (const auto to : allMessageStates) {
            const bool may = arrows.at(from).contains(to);
            QTest::addRow("%s %s %s", toText(from).data(), may ? "becomes" : "never becomes",
                          toText(to).data())
                << from << to << may;
        }
}

void MessageStateTest::movesAlongItsArrowsOnly()
{
    QFETCH(MessageState, from);
    QFETCH(MessageState, to);
    QTEST(mayMove(from, to), "may");
}

void MessageStateTest::sortsStatesByKind_data()
{
    QTest::addColumn<MessageState>("state");
    QTest::addColumn<bool>("waits");
    QTest::addColumn<bool>("final");
    QTest::newRow("scheduled waits") << Scheduled << true << false;
    QTest::newRow("retrying waits") << Retrying << true << false;
    QTest::newRow("delivering is under way") << Delivering << false << false;
    QTest::newRow("unknown needs a person") << Unknown << false << false;
    QTest::newRow("delivered is final") << Delivered << false << true;
    QTest::newRow("dead is final") << Dead << false << true;
    QTest::newRow("cancelled is final") << Cancelled << false << true;
    QTest::newRow("expired is final") << Expired << false << true;
}

void MessageStateTest::sortsStatesByKind()
{
    QFETCH(MessageState, state);
    QTEST(isWaiting(state), "waits");
    QTEST(isFinal(state), "final");
}

void MessageStateTest::finalStatesAreLeftOnlyByRestore()
{
    for (const auto from : allMessageStates)
        for (const auto to : allMessageStates)
            if (isFinal(from) && mayMove(from, to))
                QVERIFY(from == Cancelled && to == Scheduled);
}

PUNCTUAL_TEST(MessageStateTest)

#include "message_state_test.moc"
