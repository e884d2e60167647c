// SPDX-License-Identifier: GPL-3.0-or-later
// The stream of what happens to messages.
#include "event_listener.h"
#include "store/connection.h"
#include "support/test_main.h"

#include <QTcpSocket>

using namespace punctual;
using namespace punctual::api;
using namespace std::chrono_literals;
using punctual::test::ApiFixture;
using Listener = punctual::test::EventListener;

namespace
{

constexpr int longestWait = static_cast<int>(std::chrono::milliseconds(test::patience).count());

ServerOptions quickHeart()
{
    ServerOptions options;
    options.http.heartbeat = 100ms;
    return options;
}

} // namespace

class EventsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesNothingDownForNobody();
    void tellsWhatHappens();
    void passesAFilter_data();
    void passesAFilter();
    void keepsToTheTokensDestinations();
    void goesOnWhereItLeftOff();
    void goesOnWithinABatch();
    void losesNothingThatCommitsLate();
    void catchesUpWithALongHistory();
    void tellsOfAGap_data();
    void tellsOfAGap();
    void forgetsWhatIsOld();
    void refuses_data();
    void refuses();
    void showsThatItLives();
    void endsWithItsToken();
    void cutsOffWhoDoesNotRead();
    void endsWithTheServer();

private:
    void cancel(const QString& id)
    {
        QCOMPARE(m_fixture->call("DELETE", QStringLiteral("/v1/messages/") + id).status, 200);
    }
    /// As if so many messages had come into a state at once.
    void addChanges(int count, int sets = 1)
    {
        m_fixture->database.exec(
            QStringLiteral(
                "INSERT INTO punctual.changes (destination, state, ids) SELECT 'orders', 'delivered', "
                "(SELECT array_agg(gen_random_uuid()) FROM generate_series(1, %1) WHERE s > 0) "
                "FROM generate_series(1, %2) AS s")
                .arg(count)
                .arg(sets));
    }

    std::unique_ptr<ApiFixture> m_fixture;
};

void EventsTest::init()
{
    m_fixture = std::make_unique<ApiFixture>(quickHeart());
    m_fixture->addDestination();
}

void EventsTest::writesNothingDownForNobody()
{
    (void)m_fixture->addMessage();
    const auto written = [this] {
        return m_fixture->database.value(QStringLiteral("SELECT count(*) FROM punctual.changes")).toInt();
    };
    QCOMPARE(written(), 0);
    Listener listener(*m_fixture);
    QVERIFY(listener.begins());
    (void)m_fixture->addMessage();
    QCOMPARE(written(), 1);
}

void EventsTest::tellsWhatHappens()
{
    Listener listener(*m_fixture);
    QVERIFY(listener.begins());
    const QString id = m_fixture->addMessage();
    cancel(id);
    QCOMPARE(m_fixture->call("POST", QStringLiteral("/v1/messages/%1/restore").arg(id)).status, 200);
    QVERIFY(listener.hears(3));
    QCOMPARE(listener.states(), (QStringList{QStringLiteral("scheduled"), QStringLiteral("cancelled"),
                                             QStringLiteral("scheduled")}));
    QCOMPARE(listener.messages(), QStringList({id, id, id}));
    const auto first = listener.events.front();
    QCOMPARE(first.name, "change");
    QCOMPARE(first.data[QStringLiteral("destination")].toString(), QStringLiteral("orders"));
    QVERIFY(!first.data[QStringLiteral("at")].toString().isEmpty());
}

void EventsTest::passesAFilter_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("states");
    QTest::newRow("a state") << "state=cancelled" << QStringList{QStringLiteral("cancelled")};
    QTest::newRow("two states") << "state=cancelled,scheduled"
                                << QStringList{QStringLiteral("scheduled"), QStringLiteral("cancelled"),
                                               QStringLiteral("scheduled")};
    QTest::newRow("a destination") << "destination=other" << QStringList{QStringLiteral("scheduled")};
    QTest::newRow("both") << "destination=orders&state=scheduled" << QStringList{QStringLiteral("scheduled")};
}

void EventsTest::passesAFilter()
{
    QFETCH(const QString, query);
    QFETCH(const QStringList, states);
    m_fixture->addDestination(QStringLiteral("other"));
    Listener everything(*m_fixture);
    Listener listener(*m_fixture, query);
    QVERIFY(everything.begins() && listener.begins());
    cancel(m_fixture->addMessage());
    QCOMPARE(m_fixture->call("POST", QStringLiteral("/v1/messages"), R"({"destination":"other","payload":1})")
                 .status,
             201);
    QVERIFY(everything.hears(3));
    QVERIFY(listener.hears(static_cast<std::size_t>(states.size())));
    QCOMPARE(listener.states(), states);
}

void EventsTest::keepsToTheTokensDestinations()
{
    m_fixture->addDestination(QStringLiteral("other"));
    m_fixture->database.exec(
        QStringLiteral("INSERT INTO punctual.api_tokens (name, role, hash, destinations) "
                       "VALUES ('one', 'viewer', sha256('one'), '{other}')"));
    Listener everything(*m_fixture);
    m_fixture->useToken("one");
    Listener listener(*m_fixture);
    QCOMPARE(m_fixture->call("GET", QStringLiteral("/v1/events?destination=orders")).status, 403);
    QVERIFY(everything.begins() && listener.begins());
    m_fixture->actAs(Role::Admin);
    (void)m_fixture->addMessage();
    QCOMPARE(m_fixture->call("POST", QStringLiteral("/v1/messages"), R"({"destination":"other","payload":1})")
                 .status,
             201);
    QVERIFY(everything.hears(2));
    QVERIFY(listener.hears(1));
    QCOMPARE(listener.events.front().data[QStringLiteral("destination")].toString(), QStringLiteral("other"));
    QCOMPARE(listener.events.size(), std::size_t(1));
}

void EventsTest::goesOnWhereItLeftOff()
{
    auto before = std::make_unique<Listener>(*m_fixture);
    QVERIFY(before->begins());
    const QString first = m_fixture->addMessage();
    QVERIFY(before->hears(1));
    const QByteArray place = before->events.front().id;
    before.reset();
    const QStringList missed{m_fixture->addMessage(), m_fixture->addMessage()};
    Listener after(*m_fixture, {}, place);
    QVERIFY(after.hears(2));
    const QString last = m_fixture->addMessage();
    QVERIFY(after.hears(3));
    QCOMPARE(after.messages(), missed + QStringList(last));
    QVERIFY(!after.messages().contains(first));
}

/// A batch is one set; the place is in the middle of it.
void EventsTest::goesOnWithinABatch()
{
    auto before = std::make_unique<Listener>(*m_fixture);
    QVERIFY(before->begins());
    addChanges(100);
    QVERIFY(before->hears(100));
    const auto all = before->messages();
    const QByteArray place = before->events.at(39).id;
    before.reset();
    addChanges(1);
    Listener after(*m_fixture, {}, place);
    QVERIFY(after.hears(61));
    QCOMPARE(after.messages().first(60), all.sliced(40));
    QCOMPARE(after.events.size(), std::size_t(61));
}

/// What is written first and committed last comes first, and what was written after it waits for it.
void EventsTest::losesNothingThatCommitsLate()
{
    Listener listener(*m_fixture);
    QVERIFY(listener.begins());
    store::Connection slow(m_fixture->database.address(), QStringLiteral("a slow one"));
    QVERIFY(slow.script(
        QStringLiteral("BEGIN; INSERT INTO punctual.changes (destination, state, ids) VALUES "
                       "('orders', 'dead', ARRAY['01890a5d-ac96-774b-bcce-b302099a8057'::uuid])")));
    const QString id = m_fixture->addMessage();
    const int beats = listener.beats;
    QTRY_VERIFY_WITH_TIMEOUT(listener.beats > beats + 5, longestWait); // some rounds of reading
    QCOMPARE(listener.events.size(), std::size_t(0));
    QVERIFY(slow.script(QStringLiteral("COMMIT")));
    QVERIFY(listener.hears(2));
    QCOMPARE(listener.states(), (QStringList{QStringLiteral("dead"), QStringLiteral("scheduled")}));
    QCOMPARE(listener.messages().last(), id);
}

/// More sets than are read at once, while others are told of new ones.
void EventsTest::catchesUpWithALongHistory()
{
    Listener other(*m_fixture);
    QVERIFY(other.begins());
    const QByteArray place = other.lastId;
    QVERIFY(!place.isEmpty());
    addChanges(50, 90);
    QVERIFY(other.hears(4500));
    Listener late(*m_fixture, {}, place);
    QVERIFY(late.begins());
    addChanges(50, 10);
    QVERIFY(late.hears(5000));
    QVERIFY(other.hears(5000));
    QCOMPARE(late.messages(), other.messages());
}

void EventsTest::tellsOfAGap_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::newRow("before all that is kept") << QByteArray("1-1-1");
    QTest::newRow("of another cluster, that is further") << QByteArray("9000000000000-1-1");
}

void EventsTest::tellsOfAGap()
{
    QFETCH(const QByteArray, place);
    Listener listener(*m_fixture, {}, place);
    QVERIFY(listener.hears(1));
    QCOMPARE(listener.events.front().name, "gap");
    (void)m_fixture->addMessage();
    QVERIFY(listener.hears(2));
    QCOMPARE(listener.events.back().name, "change");
}

void EventsTest::forgetsWhatIsOld()
{
    auto first = std::make_unique<Listener>(*m_fixture);
    QVERIFY(first->begins());
    (void)m_fixture->addMessage();
    (void)m_fixture->addMessage();
    QVERIFY(first->hears(2));
    const QByteArray old = first->lastId;
    first.reset();
    m_fixture->database.exec(QStringLiteral("UPDATE punctual.changes SET at = at - interval '16 minutes'"));
    (void)m_fixture->addMessage();
    Listener second(*m_fixture); // asking makes it tidy up
    QVERIFY(second.begins());
    QCOMPARE(m_fixture->database.value(QStringLiteral("SELECT count(*) FROM punctual.changes")).toInt(), 1);
    Listener fromThere(*m_fixture, {}, old);
    QVERIFY(fromThere.hears(1));
    QCOMPARE(fromThere.events.front().name, "change"); // nothing is gone behind it
    Listener fromBefore(*m_fixture, {}, QByteArray::number(old.split('-').first().toLongLong() - 1) + "-1-0");
    QVERIFY(fromBefore.hears(1));
    QCOMPARE(fromBefore.events.front().name, "gap");
}

void EventsTest::refuses_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QByteArray>("place");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("an unknown state") << "state=lost" << QByteArray() << "/state";
    QTest::newRow("a place that is none") << "" << QByteArray("7") << "/Last-Event-ID";
    QTest::newRow("a place that is negative") << "" << QByteArray("7--1-1") << "/Last-Event-ID";
    QTest::newRow("a place with more") << "" << QByteArray("7-1-1-1") << "/Last-Event-ID";
}

void EventsTest::refuses()
{
    QFETCH(const QString, query);
    QFETCH(const QByteArray, place);
    QFETCH(const QString, pointer);
    const auto reply =
        m_fixture->call("GET", QStringLiteral("/v1/events?") + query, {}, {{"Last-Event-ID", place}});
    QCOMPARE(reply.status, 422);
    QCOMPARE(reply.pointers(), QStringList(pointer));
}

/// Whoever filters everything out learns all the same how far he has got.
void EventsTest::showsThatItLives()
{
    Listener listener(*m_fixture, QStringLiteral("state=dead"));
    QVERIFY(listener.begins());
    const QByteArray place = listener.lastId;
    (void)m_fixture->addMessage();
    QTRY_VERIFY_WITH_TIMEOUT(listener.beats > 0 && listener.lastId != place, longestWait);
    QVERIFY(listener.events.empty());
}

void EventsTest::endsWithItsToken()
{
    m_fixture->actAs(Role::Viewer);
    Listener listener(*m_fixture);
    QVERIFY(listener.begins());
    m_fixture->database.exec(
        QStringLiteral("UPDATE punctual.api_tokens SET revoked_at = now() WHERE name = 'viewer'"));
    QVERIFY(listener.ends());
}

/// He takes nothing of what is sent; who listens beside him gets all of it.
void EventsTest::cutsOffWhoDoesNotRead()
{
    QTcpSocket sleeper;
    sleeper.setReadBufferSize(1);
    sleeper.connectToHost(QStringLiteral("127.0.0.1"), m_fixture->server.port());
    sleeper.write("GET /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
                  ApiFixture::tokenOf(Role::Viewer) + "\r\n\r\n");
    QTRY_VERIFY_WITH_TIMEOUT(sleeper.bytesAvailable() > 0, longestWait);
    Listener reader(*m_fixture);
    QVERIFY(reader.begins());
    for (std::size_t sets = 1; sets <= 15; ++sets) {
        addChanges(10'000);
        QVERIFY(reader.hears(sets * 10'000));
    }
    sleeper.setReadBufferSize(0);
    QTRY_VERIFY_WITH_TIMEOUT((sleeper.readAll(), sleeper.state() == QTcpSocket::UnconnectedState),
                             longestWait);
}

void EventsTest::endsWithTheServer()
{
    Listener listener(*m_fixture);
    QVERIFY(listener.begins());
    m_fixture->server.stop(1h);
    QVERIFY(listener.ends());
}

PUNCTUAL_TEST(EventsTest)
#include "events_test.moc"
