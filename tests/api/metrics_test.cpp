// SPDX-License-Identifier: GPL-3.0-or-later
// What Prometheus is told, and who may ask.
#include "api/metrics_text.h"
#include "api_fixture.h"
#include "support/test_main.h"

#include <QFile>
#include <QRegularExpression>

using namespace punctual;
using punctual::test::ApiFixture;

namespace
{

const QString path = QStringLiteral("/metrics");

api::ServerOptions openToAll()
{
    api::ServerOptions options;
    options.publicMetrics = true;
    return options;
}

/// The value behind this name and these labels; empty if there is none.
QByteArray valueOf(const QByteArray& text, const QByteArray& sample)
{
    for (const auto& line : text.split('\n'))
        if (line.startsWith(sample + ' '))
            return line.sliced(sample.size() + 1);
    return {};
}

QSet<QString> namesIn(const QByteArray& text, const QString& form)
{
    QSet<QString> names;
    const QRegularExpression expression(form, QRegularExpression::MultilineOption);
    for (auto match = expression.globalMatch(QString::fromUtf8(text)); match.hasNext();)
        names.insert(match.next().captured(1));
    return names;
}

/// An installation in which there is a sample of every family.
Metrics everything()
{
    DestinationMetrics destination;
    destination.name = QStringLiteral("orders");
    destination.messages = {{MessageState::Scheduled, 5}, {MessageState::Delivered, 7}};
    destination.attempts = {{MessageState::Delivered, 7}};
    destination.quotaUsed = 3;
    destination.quotaLimit = 10;
    destination.breaker = BreakerState::Open;
    Metrics metrics;
    metrics.destinations = {destination};
    NodeStatus node;
    node.name = QStringLiteral("host:1");
    node.alive = true;
    node.shards = 64;
    node.clockOffset = Duration(-1500);
    metrics.nodes = {node};
    return metrics;
}

} // namespace

class MetricsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsToTheFormat();
    void addsUpTheHistogram();
    void boundsItsLabels();
    void escapesLabels();
    void hasWhatTheDashboardShows();
    void isOpenWithoutATokenBySetting();
    void givesWhatTheDatabaseCounts();
    void givesTheSameFromEveryServer();
    void answersWhileTheDatabaseIsAway();

private:
    ApiFixture m_fixture{openToAll()};
};

void MetricsTest::keepsToTheFormat()
{
    static const QRegularExpression form(QStringLiteral(
        R"(^(# HELP (\w+) \S.*|# TYPE (\w+) (gauge|counter|histogram)|(\w+)(\{(\w+="[^"\n]*",?)+\})? -?[0-9.e+-]+)$)"));
    QString family;
    QSet<QString> families;
    const auto lines = api::metricsText(everything(), std::chrono::milliseconds(2)).split('\n');
    QCOMPARE(lines.back(), QByteArray());
    for (const auto& line : lines.first(lines.size() - 1)) {
        const auto match = form.match(QString::fromUtf8(line));
        QVERIFY2(match.hasMatch(), line.constData());
        if (!match.captured(2).isEmpty()) {
            family = match.captured(2);
            QVERIFY2(!families.contains(family), line.constData());
            families.insert(family);
        }
        const QString name = match.captured(3) + match.captured(5);
        QVERIFY2(name.isEmpty() || name.startsWith(family), line.constData());
    }
    QVERIFY(families.size() > 20);
}

void MetricsTest::addsUpTheHistogram()
{
    auto metrics = everything();
    auto& destination = metrics.destinations.front();
    destination.histogram.add(std::chrono::microseconds(200));
    destination.histogram.add(std::chrono::milliseconds(4));
    destination.histogram.add(std::chrono::hours(11));
    destination.lateness = std::chrono::milliseconds(1500);
    const auto text = api::metricsText(metrics, {});
    const QByteArray bucket = "punctual_lateness_seconds_bucket{destination=\"orders\",le=\"";
    QCOMPARE(valueOf(text, bucket + "0.00025\"}"), "1");
    QCOMPARE(valueOf(text, bucket + "0.003\"}"), "1");
    QCOMPARE(valueOf(text, bucket + "0.005\"}"), "2");
    QCOMPARE(valueOf(text, bucket + "36000\"}"), "2");
    QCOMPARE(valueOf(text, bucket + "+Inf\"}"), "3");
    QCOMPARE(valueOf(text, "punctual_lateness_seconds_count{destination=\"orders\"}"), "3");
    QCOMPARE(valueOf(text, "punctual_lateness_seconds_sum{destination=\"orders\"}"), "1.5");
}

void MetricsTest::boundsItsLabels()
{
    Metrics metrics;
    for (std::size_t i = 0; i < api::mostDestinationLabels + 20; ++i) {
        DestinationMetrics destination;
        destination.name = QStringLiteral("d%1").arg(i);
        destination.messages[MessageState::Scheduled] = 2;
        destination.attempts[MessageState::Dead] = 3;
        destination.quotaLimit = 1;
        metrics.destinations.push_back(destination);
    }
    for (std::size_t i = 0; i < api::mostNodeLabels + 20; ++i)
        metrics.nodes.push_back({QUuid(), QStringLiteral("n%1").arg(i), {}, {}, 1, true, {}});
    const auto text = api::metricsText(metrics, {});
    QCOMPARE(valueOf(text, "punctual_messages_scheduled_total{destination=\"d99\"}"), "2");
    QCOMPARE(valueOf(text, "punctual_messages_scheduled_total{destination=\"d100\"}"), QByteArray());
    QCOMPARE(valueOf(text, "punctual_messages_scheduled_total{destination=\"(other)\"}"), "40");
    QCOMPARE(valueOf(text, "punctual_attempts_total{destination=\"(other)\",state=\"dead\"}"), "60");
    QCOMPARE(valueOf(text, "punctual_quota_limit{destination=\"(other)\"}"), QByteArray());
    QCOMPARE(valueOf(text, "punctual_nodes"), "84");
    QCOMPARE(text.count("punctual_node_shards{"), 64);
}

void MetricsTest::escapesLabels()
{
    auto metrics = everything();
    metrics.nodes.front().name = QStringLiteral("a\"b\\c\nd");
    QVERIFY(api::metricsText(metrics, {}).contains("punctual_node_shards{node=\"a\\\"b\\\\c\\nd\"} 64\n"));
}

void MetricsTest::hasWhatTheDashboardShows()
{
    QFile file(QStringLiteral(PUNCTUAL_RESOURCES "/grafana-dashboard.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto dashboard = file.readAll();
    QVERIFY(QJsonDocument::fromJson(dashboard).isObject());
    auto shown = namesIn(dashboard, QStringLiteral(R"(\b(punctual_\w+?)(?:_bucket|_sum|_count)?\b(?!_))"));
    const auto served = namesIn(api::metricsText(everything(), {}), QStringLiteral("^# TYPE (\\w+) "));
    QCOMPARE(shown, served);
}

void MetricsTest::isOpenWithoutATokenBySetting()
{
    m_fixture.actAs(std::nullopt);
    const auto open = m_fixture.call("GET", path);
    QCOMPARE(open.status, 200);
    QCOMPARE(open.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    ApiFixture closed;
    closed.actAs(std::nullopt);
    QCOMPARE(closed.call("GET", path).status, 401);
    closed.actAs(Role::Viewer);
    QCOMPARE(closed.call("GET", path).status, 200);
}

void MetricsTest::givesWhatTheDatabaseCounts()
{
    m_fixture.actAs(Role::Admin);
    const QByteArray rules = R"({"url":"https://api.example.com/hook",)"
                             R"("quota":{"limit":100,"per":"day"},"circuit_breaker":{}})";
    QCOMPARE(m_fixture.call("PUT", QStringLiteral("/v1/destinations/orders"), rules).status, 201);
    const QString id = m_fixture.addMessage();
    (void)m_fixture.addMessage();
    QCOMPARE(m_fixture.call("DELETE", QStringLiteral("/v1/messages/") + id).status, 200);
    // What two nodes counted in two seconds.
    for (const auto* node : {"01890a5d-ac96-774b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a8058"})
        m_fixture.database.exec(
            QStringLiteral(
                "SELECT punctual.add_statistics('%1', '{1,2}', '{orders,orders}', '{3,1}', '{2,1}', "
                "'{1,0}', '{0,0}', '{0,0}', '{2000000,500000}', '{9,9}', "
                "'{\"{0,0,0,0,0,1500000,500000}\",\"{0,0,0,0,0,500000,0}\"}', "
                "'{\"{1,2}\",\"{0,0,1}\"}')")
                .arg(QString::fromLatin1(node)));
    m_fixture.database.exec(QStringLiteral(
        "UPDATE punctual.lanes SET quota_used = 42, quota_resets_at = now() + interval '1 hour', "
        "breaker_state = 'half_open', held_until = now() + interval '1 hour' "
        "WHERE destination = 'orders'"));
    const auto text = m_fixture.call("GET", path).body;
    const QByteArray orders = "{destination=\"orders\"}";
    QCOMPARE(valueOf(text, "punctual_messages_scheduled_total" + orders), "2");
    QCOMPARE(valueOf(text, "punctual_messages{destination=\"orders\",state=\"scheduled\"}"), "1");
    QCOMPARE(valueOf(text, "punctual_messages{destination=\"orders\",state=\"cancelled\"}"), "1");
    QCOMPARE(valueOf(text, "punctual_attempts_total{destination=\"orders\",state=\"delivered\"}"), "6");
    QCOMPARE(valueOf(text, "punctual_attempts_total{destination=\"orders\",state=\"retrying\"}"), "2");
    QCOMPARE(valueOf(text, "punctual_lateness_seconds_bucket{destination=\"orders\",le=\"0.00025\"}"), "2");
    QCOMPARE(valueOf(text, "punctual_lateness_seconds_bucket{destination=\"orders\",le=\"0.0005\"}"), "6");
    QCOMPARE(valueOf(text, "punctual_lateness_seconds_count" + orders), "8");
    QCOMPARE(valueOf(text, "punctual_lateness_seconds_sum" + orders), "5");
    const QByteArray part = "punctual_lateness_part_seconds_total{destination=\"orders\",part=\"";
    QCOMPARE(valueOf(text, part + "claim\"}"), "4");
    QCOMPARE(valueOf(text, part + "connection\"}"), "1");
    QCOMPARE(valueOf(text, part + "quota\"}"), "0");
    QCOMPARE(valueOf(text, "punctual_quota_used" + orders), "42");
    QCOMPARE(valueOf(text, "punctual_quota_limit" + orders), "100");
    QCOMPARE(valueOf(text, "punctual_breaker_state{destination=\"orders\",state=\"half_open\"}"), "1");
    QCOMPARE(valueOf(text, "punctual_breaker_state{destination=\"orders\",state=\"closed\"}"), "0");
    QCOMPARE(valueOf(text, "punctual_destination_held" + orders), "1");
    QCOMPARE(valueOf(text, "punctual_destination_paused" + orders), "0");
    QCOMPARE(valueOf(text, "punctual_database_up"), "1");
    QVERIFY(valueOf(text, "punctual_database_size_bytes").toLongLong() > 1'000'000);
    QVERIFY(valueOf(text, "punctual_database_connections").toInt() > 0);
}

/// But for what each measures of its own call and the connections that both have.
void MetricsTest::givesTheSameFromEveryServer()
{
    api::Server other(m_fixture.address(), [] {
        auto options = openToAll();
        options.port = 0;
        return options;
    }());
    QVERIFY(other.start());
    const auto counts = [](const QByteArray& text) {
        QByteArrayList lines;
        for (const auto& line : text.split('\n'))
            if (!line.startsWith("punctual_database_"))
                lines.append(line);
        return lines;
    };
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(
        network.get(QNetworkRequest(QUrl(QStringLiteral("http://127.0.0.1:%1/metrics").arg(other.port())))));
    const auto theirs = ApiFixture::finish(*reply);
    QCOMPARE(theirs.status, 200);
    QCOMPARE(counts(theirs.body), counts(m_fixture.call("GET", path).body));
}

void MetricsTest::answersWhileTheDatabaseIsAway()
{
    auto options = openToAll();
    options.port = 0;
    api::Server server({QStringLiteral("host=/nonexistent dbname=none connect_timeout=1")}, options);
    QVERIFY(server.start());
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(
        network.get(QNetworkRequest(QUrl(QStringLiteral("http://127.0.0.1:%1/metrics").arg(server.port())))));
    const auto answer = ApiFixture::finish(*reply);
    QCOMPARE(answer.status, 200);
    QCOMPARE(valueOf(answer.body, "punctual_database_up"), "0");
    QVERIFY(!answer.body.contains("punctual_messages"));
}

PUNCTUAL_TEST(MetricsTest)
#include "metrics_test.moc"
