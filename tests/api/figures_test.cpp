// SPDX-License-Identifier: GPL-3.0-or-later
// The nodes and the figures of deliveries.
#include "api_fixture.h"
#include "core/lateness.h"
#include "support/test_main.h"

using namespace punctual;
using punctual::test::ApiFixture;

namespace
{

/// The literal of a histogram with all attempts in the step up to 5 ms.
QString histogram(qint64 count)
{
    QStringList counts(LatenessHistogram::Counts().size(), QStringLiteral("0"));
    counts[5] = QString::number(count);
    return u'{' + counts.join(u',') + u'}';
}

qint64 attemptsOf(const test::Reply& reply)
{
    qint64 sum = 0;
    const auto points = reply.json[QStringLiteral("points")].toArray();
    for (const auto& point : points)
        sum += point[QStringLiteral("attempts")].toInteger();
    return sum;
}

} // namespace

class FigureHandlersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_fixture.actAs(Role::Viewer); }
    void listsNodes();
    void addsUp_data();
    void addsUp();
    void tellsOfOneDestination();
    void saysWhyAttemptsFailed();
    void tellsALimitedTokenOfItsOwn();
    void refusesAWrongWindow_data();
    void refusesAWrongWindow();

private:
    /// Two minutes ago.
    void addStatistics(const QString& destination, qint64 attempts);
    test::Reply stats(const QString& query)
    {
        return m_fixture.call("GET", QStringLiteral("/v1/stats?") + query);
    }

    ApiFixture m_fixture;
};

void FigureHandlersTest::initTestCase()
{
    m_fixture.addDestination();
    m_fixture.addDestination(QStringLiteral("other"));
    (void)m_fixture.addMessage();
    addStatistics(QStringLiteral("orders"), 100);
    addStatistics(QStringLiteral("other"), 10);
    m_fixture.database.exec(QStringLiteral(
        "INSERT INTO punctual.attempts (message_id, number, node, outcome, status, lateness_us, started_at, "
        "finished_at) SELECT gen_random_uuid(), 1, gen_random_uuid(), 'failed', s, 0, now() - interval '2 "
        "minutes', "
        "now() - interval '1 minute' FROM unnest('{429,503,503}'::integer[]) AS s"));
    m_fixture.database.exec(QStringLiteral("INSERT INTO punctual.api_tokens (name, role, hash, destinations) "
                                           "VALUES ('one', 'viewer', sha256('one'), '{other}')"));
}

void FigureHandlersTest::addStatistics(const QString& destination, qint64 attempts)
{
    m_fixture.database.exec(
        QStringLiteral(
            "SELECT punctual.add_statistics(gen_random_uuid(), ARRAY[extract(epoch FROM "
            "date_trunc('second', now()))::bigint - 120], ARRAY['%1'], ARRAY[%2], ARRAY[%2], ARRAY[0], "
            "ARRAY[0], ARRAY[0], ARRAY[0], ARRAY[4500], ARRAY['{0,0,0,0,0,0,0}'], ARRAY['%3'])")
            .arg(destination)
            .arg(attempts)
            .arg(histogram(attempts)));
}

void FigureHandlersTest::listsNodes()
{
    const QString node = QStringLiteral("01890a5d-ac96-774b-bcce-b302099a8057");
    m_fixture.database.exec(
        QStringLiteral(
            "INSERT INTO punctual.nodes (id, epoch, name, version, started_at, last_seen_at, lease_until, "
            "clock_offset_us, locked) VALUES ('%1', 1, 'a node', '0.1', now(), now(), "
            "now() + interval '1 hour', 2500, '{\"orders\": \"no key\"}'); UPDATE punctual.shards SET node = "
            "'%1', epoch = 1 WHERE shard < 3")
            .arg(node));
    const auto reply = m_fixture.call("GET", QStringLiteral("/v1/nodes"));
    QCOMPARE(reply.status, 200);
    const auto items = reply.json[QStringLiteral("items")].toArray();
    QCOMPARE(items.size(), 1);
    const auto item = items.first().toObject();
    QCOMPARE(item[QStringLiteral("id")].toString(), node);
    QCOMPARE(item[QStringLiteral("name")].toString(), QStringLiteral("a node"));
    QCOMPARE(item[QStringLiteral("version")].toString(), QStringLiteral("0.1"));
    QCOMPARE(item[QStringLiteral("alive")], QJsonValue(true));
    QCOMPARE(item[QStringLiteral("shards")].toInt(), 3);
    QCOMPARE(item[QStringLiteral("clock_offset_ms")].toInt(), 2);
    QCOMPARE(item[QStringLiteral("locked")].toObject(),
             QJsonObject({{QStringLiteral("orders"), QStringLiteral("no key")}}));
    QVERIFY(!item[QStringLiteral("last_seen_at")].toString().isEmpty());
}

void FigureHandlersTest::addsUp_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("step");
    QTest::newRow("what is usual") << QString() << 1;
    QTest::newRow("steps of a second") << "step=1" << 1;
    QTest::newRow("steps of a minute") << "step=60" << 60;
}

void FigureHandlersTest::addsUp()
{
    QFETCH(const QString, query);
    const auto reply = stats(query);
    QVERIFY2(reply.status == 200, reply.body.constData());
    QTEST(reply.json[QStringLiteral("step")].toInt(), "step");
    QCOMPARE(attemptsOf(reply), 110);
    QCOMPARE(reply.json[QStringLiteral("delivered")].toInt(), 110);
    QCOMPARE(reply.json[QStringLiteral("lateness_ms")][QStringLiteral("p99")].toDouble(), 4.5);
    QCOMPARE(reply.json[QStringLiteral("messages")][QStringLiteral("scheduled")].toInt(), 1);
}

void FigureHandlersTest::tellsOfOneDestination()
{
    const auto reply = stats(QStringLiteral("destination=orders"));
    QCOMPARE(attemptsOf(reply), 100);
    const auto destinations = reply.json[QStringLiteral("destinations")].toObject();
    QCOMPARE(destinations.keys(), QStringList(QStringLiteral("orders")));
    QCOMPARE(destinations[QStringLiteral("orders")][QStringLiteral("attempts")].toInt(), 100);
    QCOMPARE(destinations[QStringLiteral("orders")][QStringLiteral("messages")][QStringLiteral("scheduled")]
                 .toInt(),
             1);
    QVERIFY(reply.json[QStringLiteral("retries_by_cause")].isNull());
    QCOMPARE(attemptsOf(stats(QStringLiteral("destination=nothing"))), 0);
}

void FigureHandlersTest::saysWhyAttemptsFailed()
{
    const auto causes = stats({}).json[QStringLiteral("retries_by_cause")].toObject();
    QCOMPARE(causes[QStringLiteral("too_many_requests")].toInt(), 1);
    QCOMPARE(causes[QStringLiteral("server_error")].toInt(), 2);
    QCOMPARE(causes[QStringLiteral("no_answer")].toInt(), 0);
}

void FigureHandlersTest::tellsALimitedTokenOfItsOwn()
{
    m_fixture.useToken("one");
    QCOMPARE(attemptsOf(stats({})), 10);
    QVERIFY(!stats({}).body.contains("orders"));
    QCOMPARE(stats(QStringLiteral("destination=orders")).status, 403);
    QCOMPARE(m_fixture.call("GET", QStringLiteral("/v1/nodes")).status, 200);
}

void FigureHandlersTest::refusesAWrongWindow_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("no time") << "from=yesterday"
                             << "/from";
    QTest::newRow("an end before the beginning") << "from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z"
                                                 << "/from";
    QTest::newRow("years") << "from=2020-01-02T00:00:00Z&until=2026-01-01T00:00:00Z"
                           << "/from";
    QTest::newRow("a step of nothing") << "step=0"
                                       << "/step";
    QTest::newRow("a step of a minute and a half") << "step=90"
                                                   << "/step";
    QTest::newRow("too many steps") << "from=2026-01-01T00:00:00Z&until=2026-01-02T00:00:00Z&step=1"
                                    << "/step";
}

void FigureHandlersTest::refusesAWrongWindow()
{
    QFETCH(const QString, query);
    const auto reply = stats(query);
    QCOMPARE(reply.status, 422);
    QFETCH(const QString, pointer);
    QCOMPARE(reply.pointers(), QStringList(pointer));
}

PUNCTUAL_TEST(FigureHandlersTest)
#include "figures_test.moc"
