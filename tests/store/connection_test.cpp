// SPDX-License-Identifier: GPL-3.0-or-later
// Connections: arrays in and out, addresses, loss and return, errors without secrets.
#include "store/array_literal.h"
#include "store/connection.h"
#include "store/conninfo.h"
#include "store/database_thread.h"
#include "store/notification_listener.h"
#include "support/await.h"
#include "support/test_database.h"
#include "support/test_main.h"

#include <QSignalSpy>

using namespace punctual;
using namespace punctual::test;

class ConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void arraysSurviveTheRoundTrip();
    void comesBackAfterALoss();
    void repeatsWhatLostARace();
    void tellsWhatMayWorkLaterFromWhatWillNot_data();
    void tellsWhatMayWorkLaterFromWhatWillNot();
    void aTransactionThatCannotBeginLeavesNoneOpen();
    void anAddressMayHoldAnyCharacter();
    void errorsDoNotRepeatTheAddress();
    void threadsAnswerInTheAskingThread();
    void aGoneContextHearsNothing();
    void hearsNotificationsAlsoAfterALoss();

private:
    TestDatabase m_database;
};

void ConnectionTest::arraysSurviveTheRoundTrip()
{
    store::Connection connection(m_database.address(), QStringLiteral("test"));
    const std::vector<QString> texts{QStringLiteral("plain"),         QString(),
                                     QStringLiteral("a,b"),           QStringLiteral("{x}"),
                                     QStringLiteral("\"quoted\" \\"), QStringLiteral("NULL"),
                                     QStringLiteral("ü\n'")};
    QString text;
    QVERIFY(connection.select(QStringLiteral("SELECT CAST(? AS text[])"), {store::arrayOf(texts)},
                              [&](const QSqlQuery& row) { text = row.value(0).toString(); }));
    const auto back = store::readArray(text);
    QCOMPARE(back, texts);
    QCOMPARE(store::readArray(QStringLiteral("{}")).size(), std::size_t(0));
    store::ArrayLiteral bytes;
    bytes.add(QByteArray("\0\xFF", 2));
    bytes.addNull();
    bytes.add(QByteArray());
    QString lengths;
    QVERIFY(connection.select(
        QStringLiteral("SELECT array_agg(length(b))::text FROM unnest(CAST(? AS bytea[])) AS b"),
        {bytes.text()}, [&](const QSqlQuery& row) { lengths = row.value(0).toString(); }));
    QCOMPARE(lengths, QStringLiteral("{2,NULL,0}"));
}

void ConnectionTest::comesBackAfterALoss()
{
    store::Connection connection(m_database.address(), QStringLiteral("test victim"));
    QVERIFY(connection.run(QStringLiteral("SELECT 1")));
    m_database.exec(QStringLiteral("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE "
                                   "application_name = 'test victim'"));
    const auto lost = connection.run(QStringLiteral("SELECT 1"));
    QVERIFY(!lost);
    QCOMPARE(lost.error().code, ErrorCode::Unavailable);
    QVERIFY(connection.run(QStringLiteral("SELECT 1")));
    // The same in the middle of a transaction.
    const Actor actor{QStringLiteral("a"), QStringLiteral("test")};
    const auto broken = connection.transaction(actor, [&] {
        m_database.exec(QStringLiteral("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
                                       "WHERE application_name = 'test victim'"));
        return connection.run(QStringLiteral("SELECT 1"));
    });
    QVERIFY(!broken);
    QCOMPARE(broken.error().code, ErrorCode::Unavailable);
    QVERIFY(connection.transaction(actor, [&] { return connection.run(QStringLiteral("SELECT 1")); }));
}

void ConnectionTest::repeatsWhatLostARace()
{
    store::Connection connection(m_database.address(), QStringLiteral("test"));
    const Actor actor{QStringLiteral("a"), QStringLiteral("test")};
    int runs = 0;
    const auto done = connection.transaction(actor, [&] {
        return ++runs < 3
                   ? connection.script(QStringLiteral("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; "
                                                      "END $$"))
                   : connection.run(QStringLiteral("SELECT 1"));
    });
    QVERIFY(done);
    QCOMPARE(runs, 3);
}

void ConnectionTest::tellsWhatMayWorkLaterFromWhatWillNot_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("the disk is full") << QStringLiteral("53100") << ErrorCode::Unavailable;
    QTest::newRow("the disk does not answer") << QStringLiteral("58030") << ErrorCode::Unavailable;
    QTest::newRow("the quota is used up") << QStringLiteral("XX000") << ErrorCode::Unavailable;
    QTest::newRow("it took too long") << QStringLiteral("57014") << ErrorCode::Unavailable;
    QTest::newRow("an index is broken") << QStringLiteral("XX002") << ErrorCode::Internal;
    QTest::newRow("a value does not fit") << QStringLiteral("22P05") << ErrorCode::Internal;
    QTest::newRow("no rights") << QStringLiteral("42501") << ErrorCode::Forbidden;
}

void ConnectionTest::tellsWhatMayWorkLaterFromWhatWillNot()
{
    QFETCH(const QString, state);
    QFETCH(const ErrorCode, code);
    store::Connection connection(m_database.address(), QStringLiteral("test"));
    const auto failed = connection.script(
        QStringLiteral("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '%1'; END $$").arg(state));
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, code);
}

void ConnectionTest::aTransactionThatCannotBeginLeavesNoneOpen()
{
    m_database.exec(QStringLiteral("DO $$ BEGIN CREATE ROLE punctual_test_stranger LOGIN; "
                                   "EXCEPTION WHEN duplicate_object THEN NULL; END $$"));
    auto address = m_database.address();
    address.conninfo += QStringLiteral(" user=punctual_test_stranger");
    store::Connection connection(address, QStringLiteral("test"));
    const Actor admin{QStringLiteral("a"), QStringLiteral("test"), Role::Admin};
    for (int i = 0; i < 2; ++i) {
        const auto refused =
            connection.transaction(admin, [&] { return connection.run(QStringLiteral("SELECT 1")); });
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Forbidden);
    }
    QVERIFY(connection.run(QStringLiteral("SELECT 1")));
}

void ConnectionTest::anAddressMayHoldAnyCharacter()
{
    m_database.exec(QStringLiteral("DO $$ BEGIN CREATE ROLE \"odd;'role\" LOGIN PASSWORD 'p;''\\ w'; "
                                   "EXCEPTION WHEN duplicate_object THEN NULL; END $$"));
    auto address = m_database.address();
    address.conninfo +=
        QStringLiteral(" user='odd;\\'role' password='p;\\'\\\\ w' application_name='odd; name'");
    store::Connection connection(address, QStringLiteral("test"));
    QString user;
    const auto asked = connection.select(QStringLiteral("SELECT session_user"), {},
                                         [&](const QSqlQuery& row) { user = row.value(0).toString(); });
    QVERIFY2(asked.has_value(), asked ? "" : qPrintable(asked.error().detail));
    QCOMPARE(user, QStringLiteral("odd;'role"));
}

void ConnectionTest::errorsDoNotRepeatTheAddress()
{
    const DatabaseAddress wrong{QStringLiteral("postgresql://user:hunter2@[::1:5432/x")};
    const auto refused = store::checkConninfo(wrong);
    QVERIFY(!refused);
    QVERIFY(!refused.error().detail.contains(QStringLiteral("hunter2")));
    store::Connection nobody({QStringLiteral("host=/nonexistent user=u password=hunter2 dbname=x")},
                             QStringLiteral("test"));
    const auto failed = nobody.open();
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::Unavailable);
    QVERIFY(!failed.error().detail.contains(QStringLiteral("hunter2")));
}

void ConnectionTest::threadsAnswerInTheAskingThread()
{
    store::Loop home;
    store::DatabaseThread thread(m_database.address(), QStringLiteral("test"));
    QThread* answeredIn = nullptr;
    QThread* askedIn = nullptr;
    const auto answer = await<int>([&](QObject* context, auto done) {
        thread.run(
            home, context,
            [&](store::Connection& connection) {
                askedIn = QThread::currentThread();
                int value = 0;
                return connection
                    .select(QStringLiteral("SELECT 7"), {},
                            [&](const auto& row) { value = row.value(0).toInt(); })
                    .map([&] { return value; });
            },
            [&, done](Result<int> result) {
                answeredIn = QThread::currentThread();
                done(result);
            });
    });
    QCOMPARE(answer.value(), 7);
    QCOMPARE(answeredIn, QThread::currentThread());
    QVERIFY(askedIn != answeredIn);
    QCOMPARE(thread.pending(), 0);
}

void ConnectionTest::aGoneContextHearsNothing()
{
    store::Loop home;
    store::DatabaseThread thread(m_database.address(), QStringLiteral("test"));
    bool heard = false;
    auto context = std::make_unique<QObject>();
    const auto work = [](store::Connection& connection) {
        return connection.run(QStringLiteral("SELECT 1"));
    };
    thread.run(home, context.get(), work, [&](const Result<void>&) { heard = true; });
    context.reset();
    const auto second = await<void>([&](QObject* other, auto done) { thread.run(home, other, work, done); });
    QVERIFY(second);
    QVERIFY(!heard);
}

void ConnectionTest::hearsNotificationsAlsoAfterALoss()
{
    store::Loop home;
    QObject context;
    int heard = 0;
    int beginnings = 0;
    store::NotificationListener listener(
        m_database.address(), {QStringLiteral("punctual_due")}, home, &context,
        [&](const QString& channel, const QString&) { ++(channel.isEmpty() ? beginnings : heard); });
    // Until it listens nobody hears, and nobody has to: whoever waits for a notification polls as well.
    const auto notifyAndSee = [&](int before) {
        listener.check();
        m_database.exec(QStringLiteral("NOTIFY punctual_due"));
        return heard > before;
    };
    QTRY_VERIFY_WITH_TIMEOUT(notifyAndSee(0), 30'000);
    m_database.exec(QStringLiteral("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE "
                                   "application_name = 'punctual listen'"));
    const int before = heard;
    // It says each time that something was perhaps not heard.
    QTRY_VERIFY_WITH_TIMEOUT(notifyAndSee(before) && beginnings == 2, 30'000);
}

PUNCTUAL_TEST(ConnectionTest)
#include "connection_test.moc"
