// SPDX-License-Identifier: GPL-3.0-or-later
// A third party is away for a while: its messages are tried again until they get through, and those of
// another one do not wait for it.
#include "inspection.h"
#include "scene.h"
#include "support/receiver.h"
#include "support/test_database.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class ThirdPartyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itsMessagesWaitAndOthersDoNot_data();
    void itsMessagesWaitAndOthersDoNot();
};

namespace
{

enum class Fault { Refuses, Hangs, Resets, Errors };

void breakDown(Receiver& receiver, Fault fault)
{
    switch (fault) {
    case Fault::Refuses:
        return receiver.refuse();
    case Fault::Hangs:
        return receiver.replyAlways({.manner = Reply::Manner::Hang});
    case Fault::Resets:
        return receiver.replyAlways({.manner = Reply::Manner::ResetAfterRequest});
    case Fault::Errors:
        return receiver.replyAlways({.status = 503});
    }
}

void mend(Receiver& receiver, Fault fault)
{
    if (fault == Fault::Refuses)
        receiver.listen();
    else
        receiver.replyAlways({});
}

} // namespace

Q_DECLARE_METATYPE(Fault)

void ThirdPartyTest::itsMessagesWaitAndOthersDoNot_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::newRow("refuses connections") << Fault::Refuses;
    QTest::newRow("never answers") << Fault::Hangs;
    QTest::newRow("resets connections") << Fault::Resets;
    QTest::newRow("answers 503") << Fault::Errors;
}

void ThirdPartyTest::itsMessagesWaitAndOthersDoNot()
{
    QFETCH(const Fault, fault);
    TestDatabase database;
    Scene scene(database.address());
    Receiver broken;
    Receiver sound;
    scene.put(patientDestination(broken.url(), QStringLiteral("broken")));
    scene.put(patientDestination(sound.url(), QStringLiteral("sound")));
    scene.startServer();
    scene.schedule(QStringLiteral("broken"), 20, 1ms);
    QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
    for (int round = 0; round < rounds(1); ++round) {
        breakDown(broken, fault);
        const std::size_t before = broken.count();
        const QString open =
            QStringLiteral("SELECT count(*) FROM punctual.messages_live WHERE destination = '%1'");
        scene.schedule(QStringLiteral("broken"), 100, 1s);
        QTRY_VERIFY_WITH_TIMEOUT(
            scene.number(QStringLiteral("SELECT count(*) FROM punctual.messages_live "
                                        "WHERE destination = 'broken' AND attempts > 0")) >= 8,
            longPatience);
        scene.schedule(QStringLiteral("sound"), 200, 1s);
        QTRY_COMPARE_WITH_TIMEOUT(scene.number(open.arg(QStringLiteral("sound"))), 0, longPatience);
        QCOMPARE(scene.number(open.arg(QStringLiteral("broken"))), 100);
        QVERIFY(fault == Fault::Refuses || broken.count() > before);
        mend(broken, fault);
        QTRY_COMPARE_WITH_TIMEOUT(scene.live(), 0, longPatience);
    }
    QVERIFY(scene.stopServers());
    // libcurl sends a request again at once when a connection that it had used before breaks.
    const bool breaks = fault == Fault::Refuses || fault == Fault::Resets;
    const auto inspected =
        inspect(scene.connection, scene.ledger, {&broken, &sound}, {.repeatedAttempts = breaks});
    QCOMPARE(inspected.problems.join(u'\n'), QString());
    QCOMPARE(undelivered(scene.connection).join(u'\n'), QString());
}

PUNCTUAL_TEST(ThirdPartyTest)
#include "third_party_test.moc"
