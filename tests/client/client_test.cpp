// SPDX-License-Identifier: GPL-3.0-or-later
// The facade: answers in the asking thread, rights, verdicts, a database that is away.
#include "client/client.h"
#include "core/uuid_v7.h"
#include "support/await.h"
#include "support/factories.h"
#include "support/test_database.h"
#include "support/test_main.h"

#include <QThread>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class ClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersInTheAskingThread();
    void aGoneContextHearsNothing();
    void rolesAreTheDatabases();
    void cancelSaysWhatBecameOfTheMessage();
    void changesWhatWaits();
    void patchesOnlyWhatIsGiven();
    void aDestinationWithWaitingMessagesStays();
    void addsUpTheStatisticsOfTheNodes();
    void comesBackWithTheDatabase();

private:
    template <class T, class Call>
    [[nodiscard]] Result<T> ask(Call call)
    {
        return await<T>([&](QObject* context, auto answer) { call(m_client, context, answer); });
    }
    MessageId schedule(const NewMessage& message)
    {
        return ask<Scheduled>([&](auto& client, auto* context, auto answer) {
                   client.schedule(someActor(), {message}, std::nullopt, context, answer);
               })
            .value()
            .items.front()
            .id;
    }

    TestDatabase m_database;
    client::Client m_client{m_database.address(), 2};
};

void ClientTest::answersInTheAskingThread()
{
    QThread* answeredIn = nullptr;
    const auto status = ask<SystemStatus>([&](auto& client, auto* context, auto answer) {
        client.status(someActor(Role::Viewer), context, [&, answer](Result<SystemStatus> result) {
            answeredIn = QThread::currentThread();
            answer(std::move(result));
        });
    });
    QVERIFY(status);
    QCOMPARE(answeredIn, QThread::currentThread());
}

void ClientTest::aGoneContextHearsNothing()
{
    client::Client single(m_database.address(), 1);
    bool heard = false;
    {
        QObject context;
        single.status(someActor(), &context, [&](const Result<SystemStatus>&) { heard = true; });
    }
    QVERIFY(await<SystemStatus>(
        [&](QObject* context, auto answer) { single.status(someActor(), context, answer); }));
    QVERIFY(!heard);
}

void ClientTest::rolesAreTheDatabases()
{
    const auto refused = ask<Scheduled>([&](auto& client, auto* context, auto answer) {
        client.schedule(someActor(Role::Viewer), {messageFor(QStringLiteral("echo"))}, std::nullopt, context,
                        answer);
    });
    QCOMPARE(refused.error().code, ErrorCode::Forbidden);
    const auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"));
    const auto notAdmin = ask<client::PutDestination>([&](auto& client, auto* context, auto answer) {
        client.put(someActor(Role::Operator), destination, context, answer);
    });
    QCOMPARE(notAdmin.error().code, ErrorCode::Forbidden);
}

void ClientTest::cancelSaysWhatBecameOfTheMessage()
{
    const auto cancel = [&](const MessageId& id) {
        return ask<CancelVerdict>([&](auto& client, auto* context, auto answer) {
                   client.cancel(someActor(Role::Operator), id, context, answer);
               })
            .value();
    };
    const auto id = schedule(messageFor(QStringLiteral("echo"), 1h));
    const auto verdict = cancel(id);
    QVERIFY(verdict.isCancelled());
    QCOMPARE(verdict.message->state, MessageState::Cancelled);
    QCOMPARE(verdict.message->cancelledBy, someActor().name);
    QVERIFY(cancel(id).isCancelled()); // already: the answer stays the same
    QCOMPARE(toText(cancel(makeUuidV7(at()))), QLatin1StringView("not_found"));
}

void ClientTest::changesWhatWaits()
{
    const auto id = schedule(messageFor(QStringLiteral("echo"), 1h));
    MessageChange change;
    change.priority = Priority::High;
    const auto changeAs = [&](Role role) {
        return ask<ChangeVerdict>([&](auto& client, auto* context, auto answer) {
            client.changeMessage(someActor(role), id, change, context, answer);
        });
    };
    QCOMPARE(changeAs(Role::Viewer).error().code, ErrorCode::Forbidden);
    const auto changed = changeAs(Role::Operator).value();
    QVERIFY(changed.changed);
    QVERIFY(changed.message->priority == Priority::High);
    QVERIFY(ask<CancelVerdict>(
        [&](auto& client, auto* context, auto answer) { client.cancel(someActor(), id, context, answer); }));
    const auto late = changeAs(Role::Operator).value();
    QVERIFY(!late.changed);
    QVERIFY(late.state == MessageState::Cancelled);
}

void ClientTest::patchesOnlyWhatIsGiven()
{
    auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("patched"));
    destination.headers = {{"Authorization", "Bearer secret"}};
    QVERIFY(ask<client::PutDestination>([&](auto& client, auto* context, auto answer) {
        client.put(someActor(), destination, context, answer);
    }));
    const auto patched = ask<Destination>([&](auto& client, auto* context, auto answer) {
                             client.patch(someActor(), destination.name,
                                          {{QStringLiteral("timeout_ms"), 1234}}, context, answer);
                         }).value();
    QCOMPARE(patched.timeout, Duration(1234ms));
    QVERIFY(patched.headers == destination.headers);
    QCOMPARE(patched.version, 2);
    const auto missing = ask<Destination>([&](auto& client, auto* context, auto answer) {
        client.patch(someActor(), QStringLiteral("nobody"), {}, context, answer);
    });
    QCOMPARE(missing.error().code, ErrorCode::NotFound);
}

void ClientTest::aDestinationWithWaitingMessagesStays()
{
    const auto destination = destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("busy"));
    QVERIFY(ask<client::PutDestination>([&](auto& client, auto* context, auto answer) {
        client.put(someActor(), destination, context, answer);
    }));
    const auto id = schedule(messageFor(QStringLiteral("busy"), 1h));
    const auto remove = [&](const QString& name) {
        return ask<void>([&](auto& client, auto* context, auto answer) {
            client.remove(someActor(), name, context, answer);
        });
    };
    QCOMPARE(remove(QStringLiteral("busy")).error().code, ErrorCode::Conflict);
    QCOMPARE(remove(QStringLiteral("echo")).error().code, ErrorCode::Conflict);
    QVERIFY(ask<CancelVerdict>(
        [&](auto& client, auto* context, auto answer) { client.cancel(someActor(), id, context, answer); }));
    QVERIFY(remove(QStringLiteral("busy")));
    QCOMPARE(remove(QStringLiteral("busy")).error().code, ErrorCode::NotFound);
}

void ClientTest::addsUpTheStatisticsOfTheNodes()
{
    const std::chrono::sys_seconds second(1'800'000'000s);
    for (int node = 0; node < 2; ++node)
        m_database.exec(
            QStringLiteral("SELECT punctual.add_statistics(gen_random_uuid(), '{%1,%2}', '{orders,orders}', "
                           "'{3,1}', '{2,1}', '{1,0}', '{0,0}', '{0,0}', '{9000,1}', '{5000,1}', "
                           "ARRAY['{0,9000,0,0,0}','{0,0,0,0,1}'], ARRAY['{1,2}','{1}'])")
                .arg(second.time_since_epoch().count())
                .arg(second.time_since_epoch().count() + 1));
    const auto found = ask<std::vector<DeliveryStatistics>>([&](auto& client, auto* context, auto answer) {
        client.statistics(someActor(Role::Viewer), second, second + 1s, context, answer);
    });
    QVERIFY2(found, found ? "" : qPrintable(found.error().detail));
    QCOMPARE(found->size(), std::size_t(1)); // of the second that was asked for
    const auto& sum = found->front();
    QCOMPARE(sum.second, second);
    QCOMPARE(sum.destination, QStringLiteral("orders"));
    QCOMPARE(sum.attempts, 6);
    QCOMPARE(sum.delivered, 4);
    QCOMPARE(sum.lateness, Duration(18ms));
    QCOMPARE(sum.mostLate, Duration(5ms));
    QCOMPARE(sum.parts[static_cast<std::size_t>(LatenessPart::Bucket)], Duration(18ms));
    QCOMPARE(sum.histogram.counts()[1], 4);
}

void ClientTest::comesBackWithTheDatabase()
{
    client::Client single(m_database.address(), 1);
    const auto status = [&] {
        return await<SystemStatus>(
            [&](QObject* context, auto answer) { single.status(someActor(), context, answer); });
    };
    QVERIFY(status());
    m_database.exec(
        QStringLiteral("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = "
                       "current_database() AND application_name = 'punctual client'"));
    QCOMPARE(status().error().code, ErrorCode::Unavailable);
    QVERIFY(status());
}

PUNCTUAL_TEST(ClientTest)
#include "client_test.moc"
