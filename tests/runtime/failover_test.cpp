// SPDX-License-Identifier: GPL-3.0-or-later
// A primary dies and its standby takes its place while messages flow: the node follows, and with synchronous
// replication nothing that was acknowledged is lost.
#include "client/client.h"
#include "core/uuid_v7.h"
#include "runtime/node_host.h"
#include "store/connection.h"
#include "store/migrator.h"
#include "support/await.h"
#include "support/factories.h"
#include "support/postgres_pair.h"
#include "support/receiver.h"
#include "support/test_main.h"

#include <QSet>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

namespace
{

constexpr int longestTry = static_cast<int>(std::chrono::milliseconds(patience).count());

} // namespace

class FailoverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsThePromotedStandby_data();
    void followsThePromotedStandby();

private:
    /// Ids of messages that the database has acknowledged.
    [[nodiscard]] static QSet<MessageId> schedule(client::Client& client, int count, Duration over)
    {
        QSet<MessageId> stored;
        for (int i = 0; i < count; ++i) {
            auto message = messageFor(QStringLiteral("orders"), over * i / count);
            message.id = makeUuidV7(at());
            const auto id = message.id;
            const auto answer = await<Scheduled>([&](QObject* context, auto done) {
                client.schedule(someActor(), {message}, std::nullopt, context, done);
            });
            if (answer)
                stored.insert(id);
        }
        return stored;
    }
};

void FailoverTest::followsThePromotedStandby_data()
{
    QTest::addColumn<bool>("frozen");
    QTest::newRow("of a primary that lost its power") << false;
    QTest::newRow("of a primary that stands still") << true;
}

void FailoverTest::followsThePromotedStandby()
{
    QFETCH(const bool, frozen);
    PostgresPair pair;
    QVERIFY(pair.started());
    QVERIFY(store::migrate(pair.both()));
    auto client = std::make_unique<client::Client>(pair.both(), 1);
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    destination.maxConcurrency = 8;
    QVERIFY(await<client::PutDestination>(
        [&](QObject* context, auto done) { client->put(someActor(), destination, context, done); }));
    runtime::NodeHost node(pair.both(), {QStringLiteral("follower")});
    node.start();
    QTRY_VERIFY_WITH_TIMEOUT(node.isReady(), longestTry);

    auto stored = schedule(*client, 200, 2s);
    QCOMPARE(stored.size(), 200);
    QVERIFY(receiver.waitFor(50));
    QVERIFY(frozen ? pair.freezeThePrimary() : pair.loseThePrimary());
    QTRY_VERIFY_WITH_TIMEOUT(!node.isReady(), longestTry);
    QVERIFY(pair.promote());
    QTRY_VERIFY_WITH_TIMEOUT(node.isReady(), longestTry);
    client = std::make_unique<client::Client>(pair.both(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(schedule(*client, 1, 0s).size() == 1, longestTry);
    stored += schedule(*client, 20, 0s);

    store::Connection connection(pair.both(), QStringLiteral("test"));
    const auto delivered = [&] {
        QSet<MessageId> ids;
        (void)connection.select(QStringLiteral("SELECT id FROM punctual.messages WHERE state = 'delivered'"),
                                {},
                                [&](const QSqlQuery& row) { ids.insert(QUuid(row.value(0).toString())); });
        return ids;
    };
    QTRY_VERIFY_WITH_TIMEOUT(delivered().contains(stored), longestTry);
    QHash<QByteArray, int> arrivals;
    for (const auto& request : receiver.requests())
        ++arrivals[request.header("Punctual-Message-Id")];
    int twice = 0;
    for (const auto& id : stored) {
        const int times = arrivals.value(toText(id).toLatin1());
        QVERIFY(times >= 1);
        twice += times - 1;
    }
    QVERIFY2(twice <= destination.maxConcurrency, qPrintable(QString::number(twice)));
}

PUNCTUAL_TEST(FailoverTest)
#include "failover_test.moc"
