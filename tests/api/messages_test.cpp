// SPDX-License-Identifier: GPL-3.0-or-later
// Looking at messages and cancelling them.
#include "api_fixture.h"
#include "support/test_main.h"

#include <QDate>

using namespace punctual;
using namespace punctual::test;

namespace
{

QStringList idsOf(const test::Reply& reply)
{
    QStringList ids;
    const auto items = reply.json[QStringLiteral("items")].toArray();
    for (const auto& item : items)
        ids.append(item[QStringLiteral("id")].toString());
    return ids;
}

} // namespace

class MessagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pagesThroughTheNewestDueFirst();
    void filters_data();
    void filters();
    void namesWrongParameters_data();
    void namesWrongParameters();
    void showsNoContentInLists();
    void listsAttempts();
    void saysWhatIsNotThere_data();
    void saysWhatIsNotThere();
    void cancels();
    void cancelsWhatIsCancelled();
    void givesTheVerdictOfWhatIsNotCancelled_data();
    void givesTheVerdictOfWhatIsNotCancelled();

private:
    ApiFixture m_fixture;
    QStringList m_ids; // newest due first
    const QByteArray m_day =
        QDate::currentDate().addDays(10).toString(Qt::ISODate).toLatin1(); // instead of DAY
};

/// Three messages, due at 3, 2 and 1 o'clock of one day.
void MessagesTest::initTestCase()
{
    m_fixture.addDestination();
    m_fixture.addDestination(QStringLiteral("other"));
    const QByteArrayList bodies{
        R"({"destination":"orders","due_at":"DAYT03:00:00Z","payload":1,"tags":["promo","a b"]})",
        R"({"destination":"orders","due_at":"DAYT02:00:00Z","payload":2,"key":"customer-12"})",
        R"({"destination":"other","due_at":"DAYT01:00:00Z","payload":3})"};
    for (QByteArray body : bodies) {
        body.replace("DAY", m_day);
        const auto reply = m_fixture.call("POST", QStringLiteral("/v1/messages"), body);
        QCOMPARE(reply.status, 201);
        m_ids.append(reply.json[QStringLiteral("id")].toString());
    }
    const auto cancelled = m_fixture.call("DELETE", messagePath(m_ids[2]));
    QCOMPARE(cancelled.status, 200);
}

void MessagesTest::pagesThroughTheNewestDueFirst()
{
    const auto first = m_fixture.call("GET", QStringLiteral("/v1/messages?limit=2"));
    QCOMPARE(first.status, 200);
    QCOMPARE(idsOf(first), m_ids.mid(0, 2));
    const auto cursor = first.json[QStringLiteral("next_cursor")].toString();
    QVERIFY(!cursor.isEmpty());
    const auto second = m_fixture.call("GET", QStringLiteral("/v1/messages?limit=2&cursor=") + cursor);
    QCOMPARE(idsOf(second), m_ids.mid(2));
    QVERIFY(second.json[QStringLiteral("next_cursor")].isNull());
}

void MessagesTest::filters_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QList<int>>("found");
    const auto row = [](const char* name, const char* query, const QList<int>& found) {
        QTest::newRow(name) << QString::fromLatin1(query) << found;
    };
    row("a state", "state=cancelled", {2});
    row("states with a comma", "state=cancelled,scheduled", {0, 1, 2});
    row("a state repeated", "state=cancelled&state=dead", {2});
    row("a destination", "destination=other", {2});
    row("a tag with a space", "tag=a+b", {0});
    row("a tag percent-encoded", "tag=a%20b", {0});
    row("a key", "key=customer-12", {1});
    row("due at or after", "due_after=DAYT02:00:00Z", {0, 1});
    row("due before", "due_before=DAYT02:00:00Z", {2});
    row("an offset in a due time", "due_before=DAYT03:00:00%2B01:00", {2});
    row("a text", "q=customer", {1});
    row("an attempt that there was not", "attempt=delivered,no_answer&attempted_after=DAYT00:00:00Z", {});
    row("an attempt, repeated", "attempt=refused&attempt=server_error&attempted_before=DAYT00:00:00Z", {});
    row("several at once", "state=scheduled&destination=other", {});
}

void MessagesTest::filters()
{
    QFETCH(QString, query);
    QFETCH(QList<int>, found);
    query.replace(QStringLiteral("DAY"), QString::fromLatin1(m_day));
    QStringList wanted;
    for (const int index : found)
        wanted.append(m_ids[index]);
    const auto reply = m_fixture.call("GET", QStringLiteral("/v1/messages?") + query);
    QCOMPARE(reply.status, 200);
    QCOMPARE(idsOf(reply), wanted);
}

void MessagesTest::namesWrongParameters_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("pointers");
    const auto row = [](const char* name, const char* query, const QStringList& pointers) {
        QTest::newRow(name) << QString::fromLatin1(query) << pointers;
    };
    row("an unknown one", "colour=red", {QStringLiteral("/colour")});
    row("a state that is none", "state=gone", {QStringLiteral("/state")});
    row("a result of an attempt that is none", "attempt=late", {QStringLiteral("/attempt")});
    row("a time of an attempt that is none", "attempted_after=now", {QStringLiteral("/attempted_after")});
    row("a limit over the limit", "limit=501", {QStringLiteral("/limit")});
    row("a cursor that is none", "cursor=abc", {QStringLiteral("/cursor")});
    row("two at once", "due_after=yesterday&limit=0",
        {QStringLiteral("/due_after"), QStringLiteral("/limit")});
    row("a NUL", "key=a%00b", {QStringLiteral("/key")});
}

void MessagesTest::namesWrongParameters()
{
    QFETCH(QString, query);
    const auto reply = m_fixture.call("GET", QStringLiteral("/v1/messages?") + query);
    QCOMPARE(reply.status, 422);
    QTEST(reply.pointers(), "pointers");
}

void MessagesTest::showsNoContentInLists()
{
    const auto items =
        m_fixture.call("GET", QStringLiteral("/v1/messages")).json[QStringLiteral("items")].toArray();
    QVERIFY(items[0][QStringLiteral("payload")].isUndefined());
    const auto shown = m_fixture.call("GET", messagePath(m_ids[0])).json;
    QCOMPARE(shown[QStringLiteral("payload")].toInt(), 1);
}

void MessagesTest::listsAttempts()
{
    const auto reply = m_fixture.call("GET", messagePath(m_ids[0]) + QStringLiteral("/attempts"));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, "{\"items\":[],\"next_cursor\":null}");
    m_fixture.database.exec(
        QStringLiteral("INSERT INTO punctual.attempts (message_id, number, node, outcome, "
                       "lateness_us, started_at, finished_at) SELECT '%1', n, "
                       "gen_random_uuid(), 'failed', 0, now(), now() "
                       "FROM generate_series(1, 11) AS n")
            .arg(m_ids[0]));
    QString cursor;
    for (const int first : {1, 6, 11}) { // a tenth stands behind a ninth, not behind a first
        const auto page =
            m_fixture.call("GET", messagePath(m_ids[0]) + QStringLiteral("/attempts?limit=5") + cursor);
        QCOMPARE(page.json[QStringLiteral("items")][0][QStringLiteral("number")].toInt(), first);
        cursor = QStringLiteral("&cursor=") + page.json[QStringLiteral("next_cursor")].toString();
    }
    QCOMPARE(cursor, QStringLiteral("&cursor=")); // of the last page
}

void MessagesTest::saysWhatIsNotThere_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("an unknown id") << nobody;
    QTest::newRow("no id") << QStringLiteral("abc");
    QTest::newRow("an id in braces") << u'{' + nobody + u'}';
    QTest::newRow("an id in capitals") << nobody.toUpper();
}

void MessagesTest::saysWhatIsNotThere()
{
    QFETCH(QString, id);
    QCOMPARE(m_fixture.call("GET", messagePath(id)).problem(), QStringLiteral("not-found"));
    QCOMPARE(m_fixture.call("GET", messagePath(id) + QStringLiteral("/attempts")).problem(),
             QStringLiteral("not-found"));
    const auto cancelled = m_fixture.call("DELETE", messagePath(id));
    QCOMPARE(cancelled.status, 404);
    QCOMPARE(cancelled.problem(), QStringLiteral("not-found"));
    QCOMPARE(cancelled.json[QStringLiteral("verdict")].toString(), QStringLiteral("not_found"));
}

void MessagesTest::cancels()
{
    const QString id = m_fixture.addMessage();
    m_fixture.actAs(Role::Operator);
    const auto reply = m_fixture.call("DELETE", messagePath(id) + QStringLiteral("?reason=sold+out"));
    m_fixture.actAs(Role::Admin);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json[QStringLiteral("verdict")].toString(), QStringLiteral("cancelled"));
    const auto message = reply.json[QStringLiteral("message")];
    QCOMPARE(message[QStringLiteral("state")].toString(), QStringLiteral("cancelled"));
    QCOMPARE(message[QStringLiteral("cancelled_by")].toString(), QStringLiteral("operator"));
    const auto audit = m_fixture.database.value(
        QStringLiteral("SELECT concat_ws(' ', actor, origin, reason) FROM punctual.audit "
                       "WHERE object = '%1' AND action = 'cancel'")
            .arg(id));
    QCOMPARE(audit.toString(), QStringLiteral("operator rest sold out"));
}

void MessagesTest::cancelsWhatIsCancelled()
{
    const QString id = m_fixture.addMessage();
    QCOMPARE(m_fixture.call("DELETE", messagePath(id)).status, 200);
    QCOMPARE(m_fixture.call("DELETE", messagePath(id)).status, 200);
}

void MessagesTest::givesTheVerdictOfWhatIsNotCancelled_data()
{
    QTest::addColumn<QString>("state");
    for (const auto state : {MessageState::Delivering, MessageState::Unknown, MessageState::Delivered,
                             MessageState::Dead, MessageState::Expired})
        QTest::newRow(toText(state).data()) << QString(toText(state));
}

/// The state is written over the state machine, which a database superuser may.
void MessagesTest::givesTheVerdictOfWhatIsNotCancelled()
{
    QFETCH(QString, state);
    const QString id = m_fixture.addMessage();
    const bool final = isFinal(*parseMessageState(state));
    const bool delivering = state == QStringLiteral("delivering");
    m_fixture.database.exec(
        QStringLiteral(
            "UPDATE punctual.messages SET state = '%1', next_attempt_at = %6, attempts = 1, "
            "finished_at = %2, claimed_at = %3, claim_deadline = %3, claimed_by = %4 WHERE id = '%5'")
            .arg(state, final ? QStringLiteral("now()") : QStringLiteral("'infinity'"),
                 delivering ? QStringLiteral("now()") : QStringLiteral("NULL"),
                 delivering ? QStringLiteral("gen_random_uuid()") : QStringLiteral("NULL"), id,
                 delivering ? QStringLiteral("now()") : QStringLiteral("NULL")));
    const auto reply = m_fixture.call("DELETE", messagePath(id));
    QCOMPARE(reply.status, 409);
    QCOMPARE(reply.problem(), QStringLiteral("not-cancelled"));
    QCOMPARE(reply.json[QStringLiteral("verdict")].toString(), state);
    QCOMPARE(reply.json[QStringLiteral("message")][QStringLiteral("id")].toString(), id);
    QCOMPARE(
        reply.json[QStringLiteral("detail")].toString().startsWith(QStringLiteral("Attempt 1 began at ")),
        delivering);
}

PUNCTUAL_TEST(MessagesTest)
#include "messages_test.moc"
