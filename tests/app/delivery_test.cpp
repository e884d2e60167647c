// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way of a message through the programs: punctualctl stores it, punctuald delivers it, a third
// party receives it.
#include "core/time.h"
#include "programs.h"
#include "support/receiver.h"
#include "support/test_main.h"

#include <QJsonArray>

using namespace punctual;
using namespace punctual::test;

class DeliveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversOnTimeAndOnce_data();
    void deliversOnTimeAndOnce();
    void deliversToEcho();
    void testsADestination();
    void deliversWhatWasScheduledBeforeItStarted();
    void saysWhatCameTooLateToBeCancelled();
    void retriesAndGivesUp();
};

namespace
{

QStringList scheduled(const QString& in, const QString& body)
{
    return {QStringLiteral("orders"), QStringLiteral("--in"), in, QStringLiteral("--body"), body};
}

} // namespace

void DeliveryTest::deliversOnTimeAndOnce_data()
{
    QTest::addColumn<QString>("in");
    QTest::newRow("in a second") << "1s";
    QTest::newRow("at once") << "0s";
}

void DeliveryTest::deliversOnTimeAndOnce()
{
    QFETCH(const QString, in);
    const QByteArray body(R"({"order": 7,  "a":1.50})");
    Programs programs;
    Receiver receiver;
    programs.addDestination(QStringLiteral("orders"), receiver.url());
    const auto server = programs.startServer();
    const QString id = programs.schedule(scheduled(in, QString::fromUtf8(body)));
    QVERIFY(receiver.waitFor(1));
    QTRY_COMPARE_WITH_TIMEOUT(programs.state(id), QStringLiteral("delivered"), longestTry);

    const auto shown = programs.ctl({QStringLiteral("show"), id, QStringLiteral("--json")}).json();
    const auto dueAt = parseRfc3339(shown.value(u"due_at").toString());
    const auto request = receiver.requests().front();
    QCOMPARE(request.body, body);
    QCOMPARE(request.method, QByteArray("POST"));
    QCOMPARE(request.header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(request.header("Idempotency-Key"), id.toLatin1());
    QVERIFY2(request.arrivedAt >= *dueAt, "it was sent early");
    const auto attempts = shown.value(u"attempt_list").toArray();
    QCOMPARE(attempts.size(), 1);
    QCOMPARE(attempts[0].toObject().value(u"outcome").toString(), QStringLiteral("delivered"));
    QVERIFY(attempts[0].toObject().value(u"lateness_ms").toDouble() >= 0);
    QCOMPARE(server->terminate(), 0); // it would be sent again by now, if ever
    QCOMPARE(receiver.count(), std::size_t(1));
}

void DeliveryTest::testsADestination()
{
    Programs programs;
    Receiver receiver;
    programs.addDestination(QStringLiteral("orders"), receiver.url());
    const auto server = programs.startServer();
    const QStringList test{QStringLiteral("destination"), QStringLiteral("test"), QStringLiteral("orders")};
    receiver.replyNext({.status = 200, .body = "thank you"});
    const auto works = programs.ctl(test + QStringList{QStringLiteral("--body"), QStringLiteral("hello")});
    QVERIFY2(works.exitCode == 0, works.errors.constData());
    QVERIFY2(works.output.contains("200") && works.output.contains("thank you"), works.output.constData());
    QCOMPARE(receiver.requests().at(0).body, QByteArray("hello"));
    receiver.replyNext({.status = 404});
    const auto fails = programs.ctl(test + QStringList{QStringLiteral("--json")});
    QCOMPARE(fails.exitCode, 4);
    QCOMPARE(fails.json().value(u"attempt").toObject().value(u"status").toInt(), 404);
    QCOMPARE(programs.ctl({QStringLiteral("destination"), QStringLiteral("pause"), QStringLiteral("orders")})
                 .exitCode,
             0);
    const auto paused = programs.ctl(test);
    QCOMPARE(paused.exitCode, 4);
    QVERIFY2(paused.output.contains("paused"), paused.output.constData());
    QCOMPARE(receiver.count(), std::size_t(2));
}

void DeliveryTest::deliversToEcho()
{
    Programs programs;
    const auto server = programs.startServer();
    const QString id =
        programs.schedule({QStringLiteral("echo"), QStringLiteral("--in"), QStringLiteral("0s"),
                           QStringLiteral("--body"), QStringLiteral("hello")});
    QTRY_COMPARE_WITH_TIMEOUT(programs.state(id), QStringLiteral("delivered"), longestTry);
}

void DeliveryTest::deliversWhatWasScheduledBeforeItStarted()
{
    Programs programs;
    Receiver receiver;
    programs.addDestination(QStringLiteral("orders"), receiver.url());
    const QString id = programs.schedule(scheduled(QStringLiteral("0s"), QStringLiteral("1")));
    const QString cancelled = programs.schedule(scheduled(QStringLiteral("0s"), QStringLiteral("2")));
    QCOMPARE(programs.ctl({QStringLiteral("cancel"), cancelled}).exitCode, 0);
    const auto server = programs.startServer();
    QVERIFY(receiver.waitFor(1));
    QTRY_COMPARE_WITH_TIMEOUT(programs.state(id), QStringLiteral("delivered"), longestTry);
    QCOMPARE(server->terminate(), 0);
    QCOMPARE(receiver.count(), std::size_t(1));
    QCOMPARE(programs.state(cancelled), QStringLiteral("cancelled"));
}

void DeliveryTest::saysWhatCameTooLateToBeCancelled()
{
    Programs programs;
    Receiver receiver;
    Reply hang;
    hang.manner = Reply::Manner::Hang;
    receiver.replyNext(hang);
    programs.addDestination(QStringLiteral("orders"), receiver.url());
    const auto server = programs.startServer();
    const QString inFlight = programs.schedule(scheduled(QStringLiteral("0s"), QStringLiteral("1")));
    QVERIFY(receiver.waitFor(1));
    auto ending = programs.ctl({QStringLiteral("cancel"), inFlight, QStringLiteral("--json")});
    QCOMPARE(ending.exitCode, 4);
    QCOMPARE(ending.json().value(u"verdict").toString(), QStringLiteral("delivering"));

    const QString delivered = programs.schedule(scheduled(QStringLiteral("0s"), QStringLiteral("2")));
    QTRY_COMPARE_WITH_TIMEOUT(programs.state(delivered), QStringLiteral("delivered"), longestTry);
    ending = programs.ctl({QStringLiteral("cancel"), delivered});
    QCOMPARE(ending.exitCode, 4);
    QVERIFY2(ending.output.contains("Too late"), ending.output.constData());
    QCOMPARE(programs.ctl({QStringLiteral("destination"), QStringLiteral("remove"), QStringLiteral("orders")})
                 .exitCode,
             4);
}

void DeliveryTest::retriesAndGivesUp()
{
    Programs programs;
    Receiver receiver;
    receiver.replyNext({.status = 503});
    programs.addDestination(QStringLiteral("orders"), receiver.url(),
                            {QStringLiteral("--initial-delay"), QStringLiteral("50ms"),
                             QStringLiteral("--max-attempts"), QStringLiteral("2")});
    const auto server = programs.startServer();
    const QString once = programs.schedule(scheduled(QStringLiteral("0s"), QStringLiteral("1")));
    QTRY_COMPARE_WITH_TIMEOUT(programs.state(once), QStringLiteral("delivered"), longestTry);
    QCOMPARE(receiver.count(), std::size_t(2));

    receiver.replyAlways({.status = 500});
    const QString twice = programs.schedule(scheduled(QStringLiteral("0s"), QStringLiteral("2")));
    QTRY_COMPARE_WITH_TIMEOUT(programs.state(twice), QStringLiteral("dead"), longestTry);
    QCOMPARE(receiver.count(), std::size_t(4));
    const auto shown = programs.ctl({QStringLiteral("show"), twice});
    QVERIFY2(shown.output.contains("HTTP 500"), shown.output.constData());
}

PUNCTUAL_TEST(DeliveryTest)
#include "delivery_test.moc"
