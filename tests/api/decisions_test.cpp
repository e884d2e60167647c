// SPDX-License-Identifier: GPL-3.0-or-later
// Why a message waits, resolving what is unknown and undoing a cancel.
#include "api_fixture.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;

namespace
{

QString pathOf(const QString& id, const char* suffix)
{
    return QStringLiteral("/v1/messages/") + id + QString::fromLatin1(suffix);
}

QString text(const Reply& reply, QLatin1StringView member)
{
    return reply.json[member].toString();
}

const QLatin1StringView verdict("verdict");

} // namespace

class DecisionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysWhyAMessageWaits();
    void saysWhatItStandsBehind();
    void resolves_data();
    void resolves();
    void resolvesOnlyWhatIsUnknown();
    void restores();
    void restoresOnlyWhatIsCancelled();
    void restoresOnlyUntilItWasDue();
    void namesWrongFields_data();
    void namesWrongFields();
    void saysWhatIsNotThere_data();
    void saysWhatIsNotThere();

private:
    [[nodiscard]] QString unknownMessage();
    [[nodiscard]] QString audited(const QString& id, const QString& action);

    ApiFixture m_fixture;
};

void DecisionsTest::initTestCase()
{
    m_fixture.addDestination();
    // A node that holds all shards, so that something else may be the cause.
    m_fixture.database.exec(
        QStringLiteral(
            "INSERT INTO punctual.nodes (id, epoch, name, version, started_at, last_seen_at, lease_until) "
            "VALUES ('%1', 1, 'a node', '1', now(), now(), now() + interval '1 hour')")
            .arg(nobody));
    m_fixture.database.exec(QStringLiteral("UPDATE punctual.shards SET node = '%1', epoch = 1").arg(nobody));
}

/// The state is written over the state machine, which a database superuser may.
QString DecisionsTest::unknownMessage()
{
    const QString id = m_fixture.addMessage();
    m_fixture.database.exec(QStringLiteral("UPDATE punctual.messages SET state = 'unknown', attempts = 1, "
                                           "next_attempt_at = NULL WHERE id = '%1'")
                                .arg(id));
    return id;
}

QString DecisionsTest::audited(const QString& id, const QString& action)
{
    return m_fixture.database
        .value(QStringLiteral("SELECT concat_ws(' ', actor, origin, reason) FROM punctual.audit "
                              "WHERE object = '%1' AND action = '%2'")
                   .arg(id, action))
        .toString();
}

void DecisionsTest::saysWhyAMessageWaits()
{
    const QString id = m_fixture.addMessage();
    m_fixture.actAs(Role::Viewer);
    const auto waiting = m_fixture.call("GET", pathOf(id, "/why"));
    m_fixture.actAs(Role::Admin);
    QCOMPARE(waiting.status, 200);
    QCOMPARE(text(waiting, QLatin1StringView("code")), QStringLiteral("not_due"));
    const auto dueAt = m_fixture.call("GET", pathOf(id, "")).json[QStringLiteral("due_at")].toString();
    QCOMPARE(text(waiting, QLatin1StringView("expected_at")), dueAt);
    QVERIFY(text(waiting, QLatin1StringView("detail")).contains(dueAt));

    const QString path = QStringLiteral("/v1/destinations/orders");
    QCOMPARE(m_fixture.call("POST", path + QStringLiteral("/pause"), R"({"reason":"stock taking"})").status,
             200);
    const auto paused = m_fixture.call("GET", pathOf(id, "/why"));
    QCOMPARE(m_fixture.call("POST", path + QStringLiteral("/resume")).status, 200);
    QCOMPARE(text(paused, QLatin1StringView("code")), QStringLiteral("paused"));
    QVERIFY(paused.json[QStringLiteral("expected_at")].isNull());
    QVERIFY(text(paused, QLatin1StringView("detail")).contains(QStringLiteral("stock taking")));

    const auto unknown = m_fixture.call("GET", pathOf(unknownMessage(), "/why"));
    QCOMPARE(text(unknown, QLatin1StringView("code")), QStringLiteral("unknown"));
}

void DecisionsTest::saysWhatItStandsBehind()
{
    const QString first = m_fixture.addMessage(R"(,"key":"customer-12")");
    const QString second = m_fixture.addMessage(R"(,"key":"customer-12")");
    m_fixture.database.exec(
        QStringLiteral("UPDATE punctual.messages SET due_at = now() - interval '1 second', "
                       "next_attempt_at = now() WHERE id = '%1'")
            .arg(first));
    m_fixture.database.exec(QStringLiteral("UPDATE punctual.messages SET due_at = now(), "
                                           "next_attempt_at = now() WHERE id = '%1'")
                                .arg(second));
    const auto reply = m_fixture.call("GET", pathOf(second, "/why"));
    QCOMPARE(text(reply, QLatin1StringView("code")), QStringLiteral("behind"));
    QCOMPARE(text(reply, QLatin1StringView("behind")), first);
}

void DecisionsTest::resolves_data()
{
    QTest::addColumn<QString>("state");
    for (const auto* state : {"delivered", "retrying", "dead"})
        QTest::newRow(state) << QString::fromLatin1(state);
}

void DecisionsTest::resolves()
{
    QFETCH(QString, state);
    const QString id = unknownMessage();
    m_fixture.actAs(Role::Operator);
    const auto reply =
        m_fixture.call("POST", pathOf(id, "/resolve"),
                       QStringLiteral(R"({"state":"%1","reason":"they have it"})").arg(state).toUtf8());
    m_fixture.actAs(Role::Admin);
    QCOMPARE(reply.status, 200);
    QCOMPARE(text(reply, verdict), state);
    QCOMPARE(reply.json[QStringLiteral("message")][QStringLiteral("state")].toString(), state);
    QCOMPARE(m_fixture.call("GET", pathOf(id, "")).json[QStringLiteral("state")].toString(), state);
    QCOMPARE(audited(id, QStringLiteral("resolve")), QStringLiteral("operator rest they have it"));
}

void DecisionsTest::resolvesOnlyWhatIsUnknown()
{
    const QString id = unknownMessage();
    const QByteArray body = R"({"state":"delivered"})";
    QCOMPARE(m_fixture.call("POST", pathOf(id, "/resolve"), body).status, 200);
    const auto again = m_fixture.call("POST", pathOf(id, "/resolve"), body);
    QCOMPARE(again.status, 409);
    QCOMPARE(again.problem(), QStringLiteral("not-resolved"));
    QCOMPARE(text(again, verdict), QStringLiteral("delivered"));
    QCOMPARE(again.json[QStringLiteral("message")][QStringLiteral("id")].toString(), id);

    const QString waiting = m_fixture.addMessage();
    const auto early = m_fixture.call("POST", pathOf(waiting, "/resolve"), body);
    QCOMPARE(early.status, 409);
    QCOMPARE(text(early, verdict), QStringLiteral("scheduled"));
    QCOMPARE(m_fixture.call("GET", pathOf(waiting, "")).json[QStringLiteral("state")].toString(),
             QStringLiteral("scheduled"));
}

void DecisionsTest::restores()
{
    const QString id = m_fixture.addMessage();
    QCOMPARE(m_fixture.call("DELETE", pathOf(id, "")).status, 200);
    m_fixture.actAs(Role::Operator);
    const auto reply = m_fixture.call("POST", pathOf(id, "/restore"), R"({"reason":"by mistake"})");
    m_fixture.actAs(Role::Admin);
    QCOMPARE(reply.status, 200);
    QCOMPARE(text(reply, verdict), QStringLiteral("scheduled"));
    QCOMPARE(reply.json[QStringLiteral("message")][QStringLiteral("state")].toString(),
             QStringLiteral("scheduled"));
    QVERIFY(reply.json[QStringLiteral("message")][QStringLiteral("cancelled_by")].isNull());
    QCOMPARE(audited(id, QStringLiteral("restore")), QStringLiteral("operator rest by mistake"));
}

void DecisionsTest::restoresOnlyWhatIsCancelled()
{
    const QString id = m_fixture.addMessage();
    const auto reply = m_fixture.call("POST", pathOf(id, "/restore"));
    QCOMPARE(reply.status, 409);
    QCOMPARE(reply.problem(), QStringLiteral("not-restored"));
    QCOMPARE(text(reply, verdict), QStringLiteral("scheduled"));
}

void DecisionsTest::restoresOnlyUntilItWasDue()
{
    const QString id = m_fixture.addMessage();
    QCOMPARE(m_fixture.call("DELETE", pathOf(id, "")).status, 200);
    m_fixture.database.exec(
        QStringLiteral("UPDATE punctual.messages SET due_at = now() - interval '1 second' WHERE id = '%1'")
            .arg(id));
    const auto reply = m_fixture.call("POST", pathOf(id, "/restore"));
    QCOMPARE(reply.status, 409);
    QCOMPARE(text(reply, verdict), QStringLiteral("cancelled"));
    QVERIFY(text(reply, QLatin1StringView("detail")).contains(QStringLiteral("due")));
}

void DecisionsTest::namesWrongFields_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("pointers");
    const auto row = [](const char* name, const char* action, const char* body, const QStringList& pointers) {
        QTest::newRow(name) << QString::fromLatin1(action) << QByteArray(body) << pointers;
    };
    row("no state", "/resolve", "{}", {QStringLiteral("/state")});
    row("a state that is none", "/resolve", R"({"state":"gone"})", {QStringLiteral("/state")});
    row("a state that nobody decides", "/resolve", R"({"state":"cancelled"})", {QStringLiteral("/state")});
    row("an unknown field", "/resolve", R"({"state":"dead","why":"x"})", {QStringLiteral("/why")});
    row("a state for a restore", "/restore", R"({"state":"scheduled"})", {QStringLiteral("/state")});
}

void DecisionsTest::namesWrongFields()
{
    QFETCH(QString, action);
    QFETCH(QByteArray, body);
    const QString id = unknownMessage();
    const auto reply = m_fixture.call("POST", pathOf(id, action.toLatin1()), body);
    QCOMPARE(reply.status, 422);
    QTEST(reply.pointers(), "pointers");
    QCOMPARE(m_fixture.call("GET", pathOf(id, "")).json[QStringLiteral("state")].toString(),
             QStringLiteral("unknown"));
}

void DecisionsTest::saysWhatIsNotThere_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("an unknown id") << nobody;
    QTest::newRow("no id") << QStringLiteral("abc");
}

void DecisionsTest::saysWhatIsNotThere()
{
    QFETCH(QString, id);
    QCOMPARE(m_fixture.call("GET", pathOf(id, "/why")).problem(), QStringLiteral("not-found"));
    for (const auto& reply : {m_fixture.call("POST", pathOf(id, "/resolve"), R"({"state":"dead"})"),
                              m_fixture.call("POST", pathOf(id, "/restore"))}) {
        QCOMPARE(reply.status, 404);
        QCOMPARE(reply.problem(), QStringLiteral("not-found"));
        QCOMPARE(text(reply, verdict), QStringLiteral("not_found"));
    }
}

PUNCTUAL_TEST(DecisionsTest)
#include "decisions_test.moc"
