// SPDX-License-Identifier: GPL-3.0-or-later
// PATCH of a message: what changes, when it is refused, and its versions.
#include "api_fixture.h"
#include "support/test_main.h"

#include <QCryptographicHash>

using namespace punctual;
using namespace punctual::test;

class MessageChangeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_fixture.addDestination(); }
    void changesWhatIsGiven();
    void changesTheVersionThatWasSeenOnly_data();
    void changesTheVersionThatWasSeenOnly();
    void saysThatItWasChangedMeanwhile();
    void changesOnlyWhatWaits();
    void namesWrongFields_data();
    void namesWrongFields();
    void saysWhatIsNotThere();
    void isForOperators();
    void keepsToTheReachOfTheToken();

private:
    [[nodiscard]] Reply patch(const QString& id, const QByteArray& body,
                              const ApiFixture::Headers& headers = {})
    {
        return m_fixture.call("PATCH", messagePath(id), body, headers);
    }

    ApiFixture m_fixture;
};

void MessageChangeTest::changesWhatIsGiven()
{
    const QString id = m_fixture.addMessage(R"(,"tags":["a"],"expires_after_ms":1000)");
    const auto before = m_fixture.call("GET", messagePath(id));
    const auto reply =
        patch(id, R"({"due_at":"2026-12-24T18:00:00.250Z","priority":"high","payload":{ "b": 1.0 },
        "headers":{"X-Campaign":"xmas"},"expires_after_ms":null,"reason":"they moved"})");
    QCOMPARE(reply.status, 200);
    QCOMPARE(text(reply, "due_at"), QStringLiteral("2026-12-24T18:00:00.250Z"));
    QCOMPARE(text(reply, "priority"), QStringLiteral("high"));
    QCOMPARE(reply.json[QStringLiteral("headers")][QStringLiteral("X-Campaign")].toString(),
             QStringLiteral("xmas"));
    QCOMPARE(reply.json[QStringLiteral("body_bytes")].toInt(), 9); // verbatim: {"b":1.0}
    QVERIFY(reply.json[QStringLiteral("expires_after_ms")].isNull());
    QCOMPARE(reply.json[QStringLiteral("tags")].toArray(), QJsonArray{QStringLiteral("a")});
    QVERIFY(reply.header("etag") != before.header("etag"));
    const auto after = m_fixture.call("GET", messagePath(id));
    QCOMPARE(after.json, reply.json);
    QCOMPARE(after.header("etag"), reply.header("etag"));
    QCOMPARE(after.header("etag"),
             '"' + QByteArray::number(after.json[QStringLiteral("version")].toInteger()) + '"');
    const auto audited = m_fixture.database.value(
        QStringLiteral(
            "SELECT concat_ws(' ', actor, origin, reason, before ->> 'priority', after ->> 'priority') "
            "FROM punctual.audit WHERE action = 'change' AND object = '%1'")
            .arg(id));
    QCOMPARE(audited.toString(), QStringLiteral("admin rest they moved normal high"));
}

void MessageChangeTest::changesTheVersionThatWasSeenOnly_data()
{
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<int>("status");
    QTest::newRow("the one that was seen") << QByteArray("%1") << 200;
    QTest::newRow("any") << QByteArray("*") << 200;
    QTest::newRow("one of several") << QByteArray("\"1\", %1") << 200;
    QTest::newRow("another") << QByteArray("\"1\"") << 412;
    QTest::newRow("a weak one") << QByteArray("W/%1") << 412;
    QTest::newRow("one that is none of ours") << QByteArray("\"abc\"") << 412;
}

void MessageChangeTest::changesTheVersionThatWasSeenOnly()
{
    QFETCH(QByteArray, tag);
    QFETCH(const int, status);
    const QString id = m_fixture.addMessage();
    tag.replace("%1", m_fixture.call("GET", messagePath(id)).header("etag"));
    QCOMPARE(patch(id, R"({"priority":"low"})", {{"If-Match", tag}}).status, status);
}

void MessageChangeTest::saysThatItWasChangedMeanwhile()
{
    const QString id = m_fixture.addMessage();
    const QByteArray seen = m_fixture.call("GET", messagePath(id)).header("etag");
    QCOMPARE(patch(id, R"({"priority":"high"})", {{"If-Match", seen}}).status, 200);
    const auto late = patch(id, R"({"priority":"low"})", {{"If-Match", seen}});
    QCOMPARE(late.status, 412);
    QCOMPARE(late.problem(), QStringLiteral("precondition-failed"));
    QCOMPARE(late.json[QStringLiteral("message")][QStringLiteral("priority")].toString(),
             QStringLiteral("high"));
    QCOMPARE(patch(id, R"({"priority":"low"})", {{"If-Match", late.header("etag")}}).status, 200);
}

void MessageChangeTest::changesOnlyWhatWaits()
{
    const QString id = m_fixture.addMessage();
    QCOMPARE(m_fixture.call("DELETE", messagePath(id)).status, 200);
    const auto reply = patch(id, R"({"priority":"low"})", {{"If-Match", "\"1\""}}); // the state comes first
    QCOMPARE(reply.status, 409);
    QCOMPARE(reply.problem(), QStringLiteral("not-changed"));
    QCOMPARE(text(reply, "verdict"), QStringLiteral("cancelled"));
    QCOMPARE(reply.json[QStringLiteral("message")][QStringLiteral("id")].toString(), id);
}

void MessageChangeTest::namesWrongFields_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char* name, const char* body, const char* pointer) {
        QTest::newRow(name) << QByteArray(body) << QString::fromLatin1(pointer);
    };
    row("nothing to change", "{}", "");
    row("a due time in the past", R"({"due_at":"2020-01-01T00:00:00Z"})", "/due_at");
    row("a due time too far ahead", R"({"due_at":"2036-01-01T00:00:00Z"})", "/due_at");
    row("a priority that is none", R"({"priority":"urgent"})", "/priority");
    row("another destination", R"({"destination":"echo"})", "/destination");
}

void MessageChangeTest::namesWrongFields()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, pointer);
    const QString id = m_fixture.addMessage();
    const QByteArray before = m_fixture.call("GET", messagePath(id)).header("etag");
    const auto reply = patch(id, body);
    QCOMPARE(reply.status, 422);
    QCOMPARE(reply.pointers(), QStringList(pointer));
    QCOMPARE(m_fixture.call("GET", messagePath(id)).header("etag"), before);
}

void MessageChangeTest::saysWhatIsNotThere()
{
    for (const auto& id : {nobody, QStringLiteral("abc")}) {
        const auto reply = patch(id, R"({"priority":"low"})");
        QCOMPARE(reply.status, 404);
        QCOMPARE(reply.problem(), QStringLiteral("not-found"));
        QCOMPARE(text(reply, "verdict"), QStringLiteral("not_found"));
    }
}

void MessageChangeTest::isForOperators()
{
    const QString id = m_fixture.addMessage();
    m_fixture.actAs(Role::Viewer);
    const auto viewer = patch(id, R"({"priority":"low"})");
    m_fixture.actAs(Role::Operator);
    const auto worker = patch(id, R"({"priority":"low"})");
    m_fixture.actAs(Role::Admin);
    QCOMPARE(viewer.status, 403);
    QCOMPARE(worker.status, 200);
}

void MessageChangeTest::keepsToTheReachOfTheToken()
{
    const QString id = m_fixture.addMessage();
    const QByteArray hash = QCryptographicHash::hash("elsewhere", QCryptographicHash::Sha256).toHex();
    m_fixture.database.exec(QStringLiteral("INSERT INTO punctual.api_tokens (name, role, hash, destinations) "
                                           "VALUES ('elsewhere', 'operator', '\\x%1', '{echo}')")
                                .arg(QString::fromLatin1(hash)));
    m_fixture.useToken("elsewhere");
    const auto reply = patch(id, R"({"priority":"low"})");
    m_fixture.actAs(Role::Admin);
    QCOMPARE(reply.status, 403);
    QCOMPARE(text(m_fixture.call("GET", messagePath(id)), "priority"), QStringLiteral("normal"));
}

PUNCTUAL_TEST(MessageChangeTest)
#include "message_change_test.moc"
