// SPDX-License-Identifier: GPL-3.0-or-later
// Replays, dead letters and bulk operations by REST. Nothing works them off here: a node does.
#include "api_fixture.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;

class OperationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void replaysAMessage();
    void replaysWithOtherContent();
    void refusesToReplayWhatIsNotOver();
    void listsDeadLetters();
    void startsAnOperation();
    void aDryRunStoresNothing();
    void namesWrongFields_data();
    void namesWrongFields();
    void namesWrongFieldsOfAReplay();
    void startsNothingElseThanWasShown();
    void needsTheRoleOfAnOperator();
    void aborts();
    void undoes();
    void pages();
    void saysWhatIsNotThere_data();
    void saysWhatIsNotThere();

private:
    [[nodiscard]] QString deadMessage(const QString& error = {});
    [[nodiscard]] Reply start(const QByteArray& body) { return m_fixture.call("POST", operations, body); }
    [[nodiscard]] QString pathOf(const QString& id, const char* suffix = "")
    {
        return operations + u'/' + id + QString::fromLatin1(suffix);
    }
    void work();

    ApiFixture m_fixture;
};

void OperationsTest::initTestCase()
{
    m_fixture.addDestination();
    m_fixture.addDestination(QStringLiteral("other"));
}

void OperationsTest::init()
{
    m_fixture.actAs(Role::Operator);
    m_fixture.database.exec(QStringLiteral("DELETE FROM punctual.messages"));
    m_fixture.database.exec(QStringLiteral("DELETE FROM punctual.operations"));
}

/// Written over the state machine, which a database superuser may.
QString OperationsTest::deadMessage(const QString& error)
{
    const QString id = m_fixture.addMessage();
    m_fixture.database.exec(
        QStringLiteral("UPDATE punctual.messages SET state = 'dead', attempts = 1, next_attempt_at = NULL, "
                       "finished_at = clock_timestamp(), last_status = 500, last_error = '%2', "
                       "fingerprint = punctual.fingerprint(destination, 500, '%2') WHERE id = '%1'")
            .arg(id, error));
    return id;
}

/// What a node would do.
void OperationsTest::work()
{
    m_fixture.database.exec(QStringLiteral("SELECT punctual.work_operation(gen_random_uuid(), 1000)"));
}

void OperationsTest::replaysAMessage()
{
    const QString id = deadMessage();
    const auto reply = m_fixture.call("POST", QStringLiteral("/v1/messages/%1/replay").arg(id));
    QCOMPARE(reply.status, 201);
    QCOMPARE(text(reply, "replay_of"), id);
    QCOMPARE(text(reply, "state"), QStringLiteral("scheduled"));
    QCOMPARE(reply.json[QStringLiteral("payload")][QStringLiteral("order")].toInt(), 7);
    const QString replay = text(reply, "id");
    QVERIFY(replay != id);
    QCOMPARE(reply.header("location"), "/v1/messages/" + replay.toLatin1());
    const auto original = m_fixture.call("GET", QStringLiteral("/v1/messages/") + id);
    QCOMPARE(text(original, "state"), QStringLiteral("dead"));
    QCOMPARE(original.json[QStringLiteral("replays")].toArray(), QJsonArray{replay});
    const auto shown = m_fixture.call("GET", QStringLiteral("/v1/messages/") + replay);
    QVERIFY(shown.json[QStringLiteral("replays")].toArray().isEmpty());
}

void OperationsTest::replaysWithOtherContent()
{
    const auto reply = m_fixture.call(
        "POST", QStringLiteral("/v1/messages/%1/replay").arg(deadMessage()),
        R"({"destination":"other","delay_ms":60000,"payload":{"order": 8},"headers":{"X-Again":"yes"},"reason":"fixed"})");
    QCOMPARE(reply.status, 201);
    QCOMPARE(text(reply, "destination"), QStringLiteral("other"));
    QCOMPARE(reply.json[QStringLiteral("payload")][QStringLiteral("order")].toInt(), 8);
    QCOMPARE(reply.json[QStringLiteral("headers")][QStringLiteral("X-Again")].toString(),
             QStringLiteral("yes"));
    QVERIFY(text(reply, "due_at") > text(reply, "created_at"));
    QCOMPARE(m_fixture.database
                 .value(QStringLiteral("SELECT reason FROM punctual.audit WHERE action = 'replay' "
                                       "ORDER BY id DESC LIMIT 1"))
                 .toString(),
             QStringLiteral("fixed"));
}

void OperationsTest::refusesToReplayWhatIsNotOver()
{
    const auto reply =
        m_fixture.call("POST", QStringLiteral("/v1/messages/%1/replay").arg(m_fixture.addMessage()));
    QCOMPARE(reply.status, 409);
    QCOMPARE(reply.problem(), QStringLiteral("not-replayed"));
    QCOMPARE(text(reply, "verdict"), QStringLiteral("scheduled"));
}

void OperationsTest::listsDeadLetters()
{
    (void)deadMessage(QStringLiteral("order 7 is closed"));
    const QString latest = deadMessage(QStringLiteral("order 8 is closed"));
    (void)deadMessage(QStringLiteral("no stock"));
    m_fixture.actAs(Role::Viewer);
    const auto page = m_fixture.call("GET", QStringLiteral("/v1/dead-letters?limit=1&destination=orders"));
    QCOMPARE(page.status, 200);
    QCOMPARE(page.json[QStringLiteral("items")].toArray().size(), 1);
    const QString cursor = text(page, "next_cursor");
    QVERIFY(!cursor.isEmpty());
    const auto rest = m_fixture.call("GET", QStringLiteral("/v1/dead-letters?cursor=") + cursor);
    const auto group = rest.json[QStringLiteral("items")][0].toObject();
    QCOMPARE(group[QStringLiteral("count")].toInt(), 2);
    QCOMPARE(group[QStringLiteral("message")].toString(), latest);
    QCOMPARE(group[QStringLiteral("error")].toString(), QStringLiteral("order 8 is closed"));
    QCOMPARE(group[QStringLiteral("status")].toInt(), 500);
    QVERIFY(rest.json[QStringLiteral("next_cursor")].isNull());
    const auto listed = m_fixture.call("GET", QStringLiteral("/v1/messages?fingerprint=") +
                                                  group[QStringLiteral("fingerprint")].toString());
    QCOMPARE(listed.json[QStringLiteral("items")].toArray().size(), 2);
    QCOMPARE(m_fixture.call("GET", QStringLiteral("/v1/dead-letters?cursor=abc")).pointers(),
             QStringList(QStringLiteral("/cursor")));
}

void OperationsTest::startsAnOperation()
{
    const QString id = m_fixture.addMessage();
    const auto reply = start(R"({"action":"cancel","filter":{"destination":"orders","state":"scheduled"},)"
                             R"("per_second":50,"reason":"a wrong price"})");
    QCOMPARE(reply.status, 202);
    QCOMPARE(reply.header("location"), "/v1/operations/" + text(reply, "id").toLatin1());
    QCOMPARE(text(reply, "state"), QStringLiteral("running"));
    QCOMPARE(text(reply, "reason"), QStringLiteral("a wrong price"));
    QCOMPARE(text(reply, "actor"), QStringLiteral("operator"));
    QCOMPARE(reply.json[QStringLiteral("total")].toInt(), 1);
    QCOMPARE(reply.json[QStringLiteral("options")][QStringLiteral("per_second")].toInt(), 50);
    QCOMPARE(reply.json[QStringLiteral("filter")][QStringLiteral("destination")].toString(),
             QStringLiteral("orders"));
    work();
    m_fixture.actAs(Role::Viewer);
    const auto done = m_fixture.call("GET", pathOf(text(reply, "id")));
    QCOMPARE(done.status, 200);
    QCOMPARE(text(done, "state"), QStringLiteral("done"));
    QCOMPARE(done.json[QStringLiteral("verdicts")],
             (QJsonValue(QJsonObject{{QStringLiteral("cancelled"), 1}})));
    QVERIFY(done.json[QStringLiteral("finished_at")].isString());
    const auto message = m_fixture.call("GET", QStringLiteral("/v1/messages/") + id);
    QCOMPARE(text(message, "state"), QStringLiteral("cancelled"));
    QCOMPARE(text(message, "cancelled_by"), QStringLiteral("operator"));
}

void OperationsTest::aDryRunStoresNothing()
{
    const QString id = m_fixture.addMessage();
    const auto reply = start(R"({"action":"cancel","all":true,"dry_run":true})");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json[QStringLiteral("count")].toInt(), 1);
    QCOMPARE(reply.json[QStringLiteral("sample")][0][QStringLiteral("id")].toString(), id);
    QVERIFY(m_fixture.call("GET", operations).json[QStringLiteral("items")].toArray().isEmpty());
}

void OperationsTest::namesWrongFields_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("pointers");
    const auto row = [](const char* sentence, const char* body, const QStringList& pointers) {
        QTest::newRow(sentence) << QByteArray(body) << pointers;
    };
    row("no action", R"({"all":true})", {QStringLiteral("/action")});
    row("an action that is not known", R"({"action":"delete","all":true})", {QStringLiteral("/action")});
    row("neither a filter nor all", R"({"action":"cancel"})", {QStringLiteral("/filter")});
    row("an empty list of states", R"({"action":"cancel","filter":{"destination":"orders","state":[]}})",
        {QStringLiteral("/filter/state")});
    row("an empty list of results", R"({"action":"cancel","filter":{"destination":"orders","attempt":[]}})",
        {QStringLiteral("/filter/attempt")});
    row("a result that is none", R"({"action":"cancel","filter":{"attempt":"late"}})",
        {QStringLiteral("/filter/attempt")});
    row("an empty filter", R"({"action":"cancel","filter":{}})", {QStringLiteral("/filter")});
    row("a filter and all", R"({"action":"cancel","all":true,"filter":{"tag":"a"}})",
        {QStringLiteral("/all")});
    row("a field of the filter that is not known", R"({"action":"cancel","filter":{"destinaton":"a"}})",
        {QStringLiteral("/filter/destinaton")});
    row("an empty destination of the filter", R"({"action":"cancel","filter":{"destination":""}})",
        {QStringLiteral("/filter/destination")});
    row("a state that is not known", R"({"action":"cancel","filter":{"state":["gone"]}})",
        {QStringLiteral("/filter/state")});
    row("a state that the action is not for", R"({"action":"cancel","filter":{"state":"dead"}})",
        {QStringLiteral("/filter/state")});
    row("several at once", R"({"action":"replay","all":1,"limit":0,"per_second":"fast","spread_ms":-1})",
        {QStringLiteral("/all"), QStringLiteral("/limit"), QStringLiteral("/per_second"),
         QStringLiteral("/spread_ms")});
    row("an option of another action", R"({"action":"cancel","all":true,"canary":true})",
        {QStringLiteral("/canary")});
    row("a destination that is not known", R"({"action":"replay","all":true,"destination":"nowhere"})",
        {QStringLiteral("/destination")});
}

void OperationsTest::namesWrongFields()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QStringList, pointers);
    const auto reply = start(body);
    QCOMPARE(reply.status, 422);
    QCOMPARE(reply.pointers(), pointers);
    QVERIFY(m_fixture.call("GET", operations).json[QStringLiteral("items")].toArray().isEmpty());
}

void OperationsTest::namesWrongFieldsOfAReplay()
{
    const auto path = QStringLiteral("/v1/messages/%1/replay").arg(deadMessage());
    const auto pointers = [&](const QByteArray& body) {
        return m_fixture.call("POST", path, body).pointers();
    };
    QCOMPARE(pointers(R"({"body":"a","payload":1})"), QStringList(QStringLiteral("/payload")));
    QCOMPARE(pointers(R"({"delay_ms":1,"due_at":"2026-12-01T09:00:00Z"})"),
             QStringList(QStringLiteral("/delay_ms")));
    QCOMPARE(pointers(R"({"priority":"high"})"), QStringList(QStringLiteral("/priority")));
    QCOMPARE(pointers(R"({"destination":"nowhere"})"), QStringList(QStringLiteral("/destination")));
}

void OperationsTest::startsNothingElseThanWasShown()
{
    (void)m_fixture.addMessage();
    const auto shown = start(R"({"action":"cancel","all":true,"dry_run":true})");
    QCOMPARE(shown.json[QStringLiteral("count")].toInt(), 1);
    (void)m_fixture.addMessage();
    const auto refused = start(R"({"action":"cancel","all":true,"expected_count":1})");
    QCOMPARE(refused.status, 409);
    QCOMPARE(refused.problem(), QStringLiteral("conflict"));
    QCOMPARE(text(refused, "verdict"), QStringLiteral("count_differs"));
    QCOMPARE(refused.json[QStringLiteral("count")].toInt(), 2);
    QVERIFY(m_fixture.call("GET", operations).json[QStringLiteral("items")].toArray().isEmpty());
    QCOMPARE(start(R"({"action":"cancel","all":true,"expected_count":2})").status, 202);
}

void OperationsTest::needsTheRoleOfAnOperator()
{
    m_fixture.actAs(Role::Viewer);
    QCOMPARE(start(R"({"action":"cancel","all":true})").status, 403);
    QCOMPARE(m_fixture.call("DELETE", pathOf(nobody)).status, 403);
    QCOMPARE(m_fixture.call("POST", pathOf(nobody, "/undo")).status, 403);
    QCOMPARE(m_fixture.call("POST", QStringLiteral("/v1/messages/%1/replay").arg(nobody)).status, 403);
}

void OperationsTest::aborts()
{
    (void)m_fixture.addMessage();
    const QString id = text(start(R"({"action":"cancel","all":true})"), "id");
    const auto aborted = m_fixture.call("DELETE", pathOf(id));
    QCOMPARE(aborted.status, 200);
    QCOMPARE(text(aborted, "state"), QStringLiteral("aborted"));
    work();
    QCOMPARE(m_fixture.call("GET", pathOf(id)).json[QStringLiteral("done")].toInt(), 0);
    const QString done = text(start(R"({"action":"cancel","all":true})"), "id");
    work();
    QCOMPARE(m_fixture.call("DELETE", pathOf(done)).problem(), QStringLiteral("conflict"));
}

void OperationsTest::undoes()
{
    const QString message = m_fixture.addMessage();
    const QString id = text(start(R"({"action":"cancel","all":true})"), "id");
    QCOMPARE(m_fixture.call("POST", pathOf(id, "/undo")).status, 409);
    work();
    const auto undo = m_fixture.call("POST", pathOf(id, "/undo"));
    QCOMPARE(undo.status, 202);
    QCOMPARE(text(undo, "action"), QStringLiteral("restore"));
    QCOMPARE(text(undo, "undo_of"), id);
    work();
    QCOMPARE(text(m_fixture.call("GET", QStringLiteral("/v1/messages/") + message), "state"),
             QStringLiteral("scheduled"));
    QCOMPARE(m_fixture.call("POST", pathOf(text(undo, "id"), "/undo")).status, 409);
}

void OperationsTest::pages()
{
    for (int i = 0; i < 3; ++i)
        QCOMPARE(start(R"({"action":"cancel","all":true})").status, 202);
    const auto page = m_fixture.call("GET", operations + QStringLiteral("?limit=2"));
    QCOMPARE(page.json[QStringLiteral("items")].toArray().size(), 2);
    const auto rest =
        m_fixture.call("GET", operations + QStringLiteral("?limit=2&cursor=") + text(page, "next_cursor"));
    QCOMPARE(rest.json[QStringLiteral("items")].toArray().size(), 1);
    QVERIFY(rest.json[QStringLiteral("next_cursor")].isNull());
    QCOMPARE(m_fixture.call("GET", operations + QStringLiteral("?cursor=abc")).pointers(),
             QStringList(QStringLiteral("/cursor")));
}

void OperationsTest::saysWhatIsNotThere_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::newRow("an operation") << QByteArray("GET") << pathOf(nobody);
    QTest::newRow("an abort") << QByteArray("DELETE") << pathOf(nobody);
    QTest::newRow("an undo") << QByteArray("POST") << pathOf(nobody, "/undo");
    QTest::newRow("a text that is no id") << QByteArray("GET") << pathOf(QStringLiteral("7"));
    QTest::newRow("a replay") << QByteArray("POST") << QStringLiteral("/v1/messages/%1/replay").arg(nobody);
}

void OperationsTest::saysWhatIsNotThere()
{
    QFETCH(const QByteArray, method);
    QFETCH(const QString, path);
    const auto reply = m_fixture.call(method, path);
    QCOMPARE(reply.status, 404);
    QCOMPARE(reply.problem(), QStringLiteral("not-found"));
}

PUNCTUAL_TEST(OperationsTest)
#include "operations_test.moc"
