// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/client.h"
#include "support/await.h"
#include "support/factories.h"
#include "support/test_database.h"
#include "support/test_main.h"

namespace punctual::client
{

using namespace std::chrono_literals;

namespace
{

/// The literal of a histogram with all attempts in one step.
QString histogram(std::size_t step, qint64 count)
{
    QStringList counts(LatenessHistogram::Counts().size(), QStringLiteral("0"));
    counts[static_cast<qsizetype>(step)] = QString::number(count);
    return u'{' + counts.join(u',') + u'}';
}

} // namespace

class FiguresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_database = std::make_unique<test::TestDatabase>();
        m_client = std::make_unique<Client>(m_database->address(), 1);
        put(test::destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("orders")));
    }

    void cleanup()
    {
        m_client.reset();
        m_database.reset();
    }

    void addsUpSecondsAndMinutes_data()
    {
        QTest::addColumn<qint64>("spanSeconds");
        QTest::addColumn<qint64>("stepSeconds");
        QTest::newRow("five minutes by second") << qint64(300) << qint64(1);
        QTest::newRow("an hour in twelve seconds") << qint64(3600) << qint64(12);
        QTest::newRow("six hours by two minutes") << qint64(21'600) << qint64(120);
        QTest::newRow("thirty days by three hours") << qint64(2'592'000) << qint64(10'800);
    }

    void addsUpSecondsAndMinutes()
    {
        QFETCH(const qint64, spanSeconds);
        QFETCH(const qint64, stepSeconds);
        // Two calls of the same minute, two destinations in one of them, and one of another node.
        addStatistics(QStringLiteral("a"), 120, QStringLiteral("orders"), 90, 10, 100, 5);
        addStatistics(QStringLiteral("a"), 120, QStringLiteral("other"), 1, 0, 1, 2);
        addStatistics(QStringLiteral("b"), 120, QStringLiteral("orders"), 9, 0, 9, 5);
        const auto figures =
            ask({.span = std::chrono::seconds(spanSeconds), .step = std::chrono::seconds(stepSeconds)});
        QVERIFY(figures);
        QVERIFY(figures->points.size() <= 302);
        QVERIFY(static_cast<qint64>(figures->points.size()) >= spanSeconds / stepSeconds);
        DeliveryStatistics sum;
        for (const auto& point : figures->points)
            sum.add(point.deliveries);
        QCOMPARE(sum.attempts, 110);
        QCOMPARE(sum.delivered, 100);
        QCOMPARE(sum.retrying, 10);
        QCOMPARE(sum.histogram.counts()[5], 109);
        QCOMPARE(sum.percentile(0.99), Duration(5ms));
        QCOMPARE(figures->from + figures->points.size() * figures->steps.step >= figures->until, true);
    }

    void saysWhyAttemptsFailed()
    {
        for (const auto& [outcome, status] : {std::pair{"failed", "429"},
                                              {"failed", "503"},
                                              {"failed", "503"},
                                              {"failed", "408"},
                                              {"failed", "NULL"},
                                              {"unknown", "NULL"},
                                              {"delivered", "200"},
                                              {"refused", "404"}})
            m_database->exec(
                QStringLiteral("INSERT INTO punctual.attempts (message_id, number, node, outcome, "
                               "status, lateness_us, started_at, finished_at) VALUES "
                               "(gen_random_uuid(), 1, gen_random_uuid(), '%1', %2, 0, "
                               "now() - interval '2 minutes', now() - interval '1 minute')")
                    .arg(QLatin1StringView(outcome), QLatin1StringView(status)));
        const auto figures = ask({.span = 1h, .step = 12s});
        QVERIFY(figures);
        CauseCounts sum{};
        for (const auto& point : figures->points)
            for (std::size_t i = 0; i < sum.size(); ++i)
                sum[i] += point.causes[i];
        QCOMPARE(sum, (CauseCounts{1, 2, 1, 1, 1}));
    }

    void countsTheBacklogByHour()
    {
        schedule(0s);
        for (int i = 0; i < 3; ++i)
            schedule(5h);
        const auto figures = ask({});
        QVERIFY(figures);
        QCOMPARE(figures->backlog.due, 1);
        QCOMPARE(figures->backlog.hours.size(), std::size_t(24));
        QCOMPARE(figures->backlog.hours[5].count, 3);
        QVERIFY(!figures->backlog.isEstimate);
    }

    void followsAQuotaOverItsPeriod()
    {
        auto destination =
            test::destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("limited"));
        destination.quota = Quota{1000, QuotaPeriod::Day, QByteArrayLiteral("UTC")};
        put(destination);
        m_database->exec(QStringLiteral("INSERT INTO punctual.quota_statistics VALUES "
                                        "(date_trunc('day', now(), 'UTC'), 'limited', 7, 1000, now())"));
        const auto figures = ask({});
        QVERIFY(figures);
        QCOMPARE(figures->quotaOf, QStringLiteral("limited"));
        QCOMPARE(figures->quota.size(), std::size_t(1));
        QCOMPARE(figures->quota.front().used, 7);
        QVERIFY(figures->quotaStep >= 1min);
    }

    void tellsOfDestinations()
    {
        schedule(1h);
        addStatistics(QStringLiteral("a"), 30, QStringLiteral("orders"), 90, 10, 100, 5);
        const auto all = test::await<std::vector<DestinationFigures>>([&](QObject* context, auto answer) {
            m_client->destinationFigures(test::someActor(Role::Viewer), context, answer);
        });
        QVERIFY2(all, all ? "" : qPrintable(all.error().detail));
        const auto orders = std::find_if(all->begin(), all->end(), [](const DestinationFigures& figures) {
            return figures.destination.name == u"orders";
        });
        QVERIFY(orders != all->end());
        QCOMPARE(orders->messages.at(MessageState::Scheduled), 1);
        QCOMPARE(orders->lately.delivered, 90);
    }

    void tellsOfTheDatabase()
    {
        const auto health = test::await<HealthFigures>([&](QObject* context, auto answer) {
            m_client->healthFigures(test::someActor(Role::Viewer), context, answer);
        });
        QVERIFY2(health, health ? "" : qPrintable(health.error().detail));
        QVERIFY(health->database.connections > 0);
        QVERIFY(health->database.mostConnections > health->database.connections);
        QCOMPARE(health->nodes.size(), std::size_t(0));
    }

private:
    void put(const Destination& destination)
    {
        const auto stored = test::await<PutDestination>([&](QObject* context, auto answer) {
            m_client->put(test::someActor(), destination, context, answer);
        });
        QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
    }

    void schedule(Duration delay)
    {
        const auto stored = test::await<Scheduled>([&](QObject* context, auto answer) {
            m_client->schedule(test::someActor(), {test::messageFor(QStringLiteral("orders"), delay)},
                               std::nullopt, context, answer);
        });
        QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
    }

    Result<Figures> ask(const FigureSteps& steps)
    {
        return test::await<Figures>([&](QObject* context, auto answer) {
            m_client->figures(test::someActor(Role::Viewer), steps, context, answer);
        });
    }

    /// What a node of this name counted so many seconds ago, all attempts in one step of the histogram.
    void addStatistics(const QString& node, int secondsAgo, const QString& destination, qint64 delivered,
                       qint64 retrying, qint64 attempts, std::size_t step)
    {
        m_database->exec(
            QStringLiteral(
                "SELECT punctual.add_statistics(md5('%1')::uuid, ARRAY[extract(epoch FROM "
                "date_trunc('second', now()))::bigint - %2], ARRAY['%3'], ARRAY[%4], ARRAY[%5], "
                "ARRAY[%6], ARRAY[0], ARRAY[0], ARRAY[0], ARRAY[60000000], ARRAY['{0,0,0,0,0,0,0}'], "
                "ARRAY['%7'])")
                .arg(node)
                .arg(secondsAgo)
                .arg(destination)
                .arg(attempts)
                .arg(delivered)
                .arg(retrying)
                .arg(histogram(step, attempts)));
    }

    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<Client> m_client;
};

} // namespace punctual::client

using punctual::client::FiguresTest;
PUNCTUAL_TEST(FiguresTest)

#include "figures_test.moc"
