// SPDX-License-Identifier: GPL-3.0-or-later
// Who changed what, over REST.
#include "api_fixture.h"
#include "support/test_main.h"

using namespace punctual;
using punctual::test::ApiFixture;
using punctual::test::Reply;

namespace
{

QStringList actionsOf(const Reply& reply)
{
    QStringList actions;
    const auto items = reply.json[QStringLiteral("items")].toArray();
    for (const auto& item : items)
        actions.append(item[QStringLiteral("action")].toString());
    return actions;
}

} // namespace

class AuditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tellsWhoFromWhereWhatAndWhy();
    void filters_data();
    void filters();
    void pages();
    void namesWrongParameters_data();
    void namesWrongParameters();
    void tellsWhatIsSealed();

private:
    ApiFixture m_fixture;
    QString m_id;
};

/// A destination, a message and its end, by two tokens.
void AuditTest::initTestCase()
{
    m_fixture.addDestination();
    m_fixture.actAs(Role::Operator);
    m_id = m_fixture.addMessage();
    QCOMPARE(m_fixture.call("DELETE", QStringLiteral("/v1/messages/%1?reason=a%20mistake").arg(m_id)).status,
             200);
    m_fixture.actAs(Role::Viewer);
}

void AuditTest::tellsWhoFromWhereWhatAndWhy()
{
    const auto reply = m_fixture.call("GET", QStringLiteral("/v1/audit?action=cancel"));
    QCOMPARE(reply.status, 200);
    const auto entry = reply.json[QStringLiteral("items")][0].toObject();
    QCOMPARE(entry[QStringLiteral("actor")].toString(), QStringLiteral("operator"));
    QCOMPARE(entry[QStringLiteral("origin")].toString(), QStringLiteral("rest"));
    QCOMPARE(entry[QStringLiteral("address")].toString(), QStringLiteral("127.0.0.1"));
    QCOMPARE(entry[QStringLiteral("kind")].toString(), QStringLiteral("message"));
    QCOMPARE(entry[QStringLiteral("object")].toString(), m_id);
    QCOMPARE(entry[QStringLiteral("before")][QStringLiteral("state")].toString(),
             QStringLiteral("scheduled"));
    QCOMPARE(entry[QStringLiteral("after")][QStringLiteral("state")].toString(), QStringLiteral("cancelled"));
    QCOMPARE(entry[QStringLiteral("reason")].toString(), QStringLiteral("a mistake"));
    QVERIFY(!entry[QStringLiteral("login")].toString().isEmpty());
}

void AuditTest::filters_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("actions");
    const auto row = [](const char* sentence, const char* query, const QStringList& actions) {
        QTest::newRow(sentence) << QString::fromLatin1(query) << actions;
    };
    const QString create = QStringLiteral("create");
    const QString schedule = QStringLiteral("schedule");
    const QString cancel = QStringLiteral("cancel");
    row("all, the newest first", "", {cancel, schedule, create});
    row("by who", "actor=operator", {cancel, schedule});
    row("by what", "action=schedule", {schedule});
    row("by the kind of the object", "kind=destination", {create});
    row("by the object", "object=orders", {create});
    row("by where from", "origin=window", {});
    row("by several of them", "actor=admin&kind=message", {});
    row("since a time to come", "after=2100-01-01T00:00:00Z", {});
    row("until a time to come", "before=2100-01-01T00:00:00Z", {cancel, schedule, create});
    row("with a sign that SQL knows", "actor=%27%20OR%20true%20--", {});
}

void AuditTest::filters()
{
    QFETCH(const QString, query);
    const auto reply = m_fixture.call("GET", QStringLiteral("/v1/audit?") + query);
    QCOMPARE(reply.status, 200);
    QTEST(actionsOf(reply), "actions");
}

void AuditTest::pages()
{
    const auto first = m_fixture.call("GET", QStringLiteral("/v1/audit?limit=2"));
    QCOMPARE(actionsOf(first), QStringList({QStringLiteral("cancel"), QStringLiteral("schedule")}));
    const auto second = m_fixture.call("GET", QStringLiteral("/v1/audit?limit=2&cursor=") +
                                                  first.json[QStringLiteral("next_cursor")].toString());
    QCOMPARE(actionsOf(second), QStringList(QStringLiteral("create")));
    QVERIFY(second.json[QStringLiteral("next_cursor")].isNull());
}

void AuditTest::namesWrongParameters_data()
{
    QTest::addColumn<QString>("query");
    QTest::newRow("a time without an offset") << QStringLiteral("after=2026-12-01T09:00:00");
    QTest::newRow("a limit over the highest") << QStringLiteral("limit=501");
    QTest::newRow("a cursor of another list") << QStringLiteral("cursor=abc");
    QTest::newRow("an unknown parameter") << QStringLiteral("colour=red");
}

void AuditTest::namesWrongParameters()
{
    QFETCH(const QString, query);
    const auto reply = m_fixture.call("GET", QStringLiteral("/v1/audit?") + query);
    QCOMPARE(reply.status, 422);
    QCOMPARE(reply.pointers(), QStringList(u'/' + query.section(u'=', 0, 0)));
}

void AuditTest::tellsWhatIsSealed()
{
    const QString path = QStringLiteral("/v1/audit?action=cancel");
    const auto isSealed = [&] {
        return m_fixture.call("GET", path)
            .json[QStringLiteral("items")][0][QStringLiteral("sealed")]
            .toBool();
    };
    QVERIFY(!isSealed());
    const auto seal = [&] { // waits for what is older on the whole server
        m_fixture.database.exec(QStringLiteral("SELECT punctual.seal_audit(100)"));
        return isSealed();
    };
    QTRY_VERIFY_WITH_TIMEOUT(seal(), 30'000);
}

PUNCTUAL_TEST(AuditTest)
#include "audit_test.moc"
