// SPDX-License-Identifier: GPL-3.0-or-later
// /v1/destinations.
#include "api_fixture.h"
#include "support/test_main.h"

using namespace punctual;
using punctual::test::ApiFixture;

namespace
{

QString pathOf(const QString& name)
{
    return QStringLiteral("/v1/destinations/") + name;
}

const QByteArray plain = R"({"url":"https://api.example.com/hook"})";

} // namespace

class DestinationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void createsAndReplaces();
    void hidesCredentials();
    void changesWhatAPatchNames();
    void changesOnlyTheVersionThatIsMeant();
    void listsWithTheBuiltInOne();
    void listsInPages();
    void removes();
    void keepsOneThatMessagesWaitFor();
    void leavesTheBuiltInOneAlone();
    void pausesAndResumes();
    void namesEveryWrongField_data();
    void namesEveryWrongField();
    void saysWhatIsNotThere_data();
    void saysWhatIsNotThere();

private:
    ApiFixture m_fixture;
};

void DestinationsTest::createsAndReplaces()
{
    const QString path = pathOf(QStringLiteral("orders"));
    const auto created = m_fixture.call("PUT", path, plain);
    QCOMPARE(created.status, 201);
    QCOMPARE(created.header("location"), path.toLatin1());
    QCOMPARE(created.json[QStringLiteral("max_concurrency")].toInt(), 64);
    const QByteArray other = R"({"url":"https://api.example.com/other","max_concurrency":2})";
    const auto replaced = m_fixture.call("PUT", path, other);
    QCOMPARE(replaced.status, 200);
    QCOMPARE(replaced.json[QStringLiteral("max_concurrency")].toInt(), 2);
    QCOMPARE(m_fixture.call("GET", path).json, replaced.json);
    // What is shown may be sent back.
    QCOMPARE(m_fixture.call("PUT", path, replaced.body).status, 200);
}

void DestinationsTest::hidesCredentials()
{
    const QString path = pathOf(QStringLiteral("guarded"));
    const QByteArray body =
        R"({"url":"https://x.example","headers":{"Authorization":"Bearer hush","X-Plain":"seen"}})";
    const auto created = m_fixture.call("PUT", path, body);
    QCOMPARE(created.status, 201);
    for (const auto& reply :
         {created, m_fixture.call("GET", path), m_fixture.call("GET", QStringLiteral("/v1/destinations"))}) {
        QVERIFY(!reply.body.contains("hush"));
        QVERIFY(reply.body.contains("seen"));
    }
}

void DestinationsTest::changesWhatAPatchNames()
{
    const QString path = pathOf(QStringLiteral("patched"));
    const QByteArray body = R"({"url":"https://x.example","timeout_ms":2000,"max_concurrency":3})";
    QCOMPARE(m_fixture.call("PUT", path, body).status, 201);
    const auto patched = m_fixture.call("PATCH", path, "{\"timeout_ms\":null,\"max_concurrency\":4}",
                                        {{"Content-Type", "application/merge-patch+json"}});
    QCOMPARE(patched.status, 200);
    QCOMPARE(patched.json[QStringLiteral("timeout_ms")].toInt(), 10'000);
    QCOMPARE(patched.json[QStringLiteral("max_concurrency")].toInt(), 4);
    QCOMPARE(patched.json[QStringLiteral("url")].toString(), QStringLiteral("https://x.example"));
}

void DestinationsTest::changesOnlyTheVersionThatIsMeant()
{
    const QString path = pathOf(QStringLiteral("versioned"));
    const auto with = [](const QByteArray& tag) { return ApiFixture::Headers{{"If-Match", tag}}; };
    QCOMPARE(m_fixture.call("PUT", path, plain, with("\"1\"")).status, 412); // there is none
    const auto created = m_fixture.call("PUT", path, plain);
    const QByteArray first = created.header("etag");
    QCOMPARE(first, '"' + QByteArray::number(created.json[QStringLiteral("version")].toInteger()) + '"');
    QCOMPARE(m_fixture.call("GET", path).header("etag"), first);
    const auto changed = m_fixture.call("PATCH", path, R"({"max_concurrency":4})", with(first));
    QCOMPARE(changed.status, 200);
    QVERIFY(changed.header("etag") != first);
    for (const auto& late : {m_fixture.call("PATCH", path, R"({"max_concurrency":5})", with(first)),
                             m_fixture.call("PUT", path, plain, with(first))}) {
        QCOMPARE(late.status, 412);
        QCOMPARE(late.problem(), QStringLiteral("precondition-failed"));
    }
    QCOMPARE(m_fixture.call("GET", path).json[QStringLiteral("max_concurrency")].toInt(), 4);
    QCOMPARE(m_fixture.call("PUT", path, plain, with(first + ", " + changed.header("etag"))).status, 200);
    QCOMPARE(m_fixture.call("PUT", path, plain, with("*")).status, 200);
}

void DestinationsTest::listsInPages()
{
    for (const auto* name : {"page-b", "page-a", "page-c"})
        QVERIFY(m_fixture.call("PUT", pathOf(QString::fromLatin1(name)), plain).status < 300);
    const QString list = QStringLiteral("/v1/destinations?limit=1");
    QStringList names;
    QString cursor;
    do {
        const auto page =
            m_fixture.call("GET", cursor.isEmpty() ? list : list + QStringLiteral("&cursor=") + cursor);
        QCOMPARE(page.status, 200);
        const auto items = page.json[QStringLiteral("items")].toArray();
        QCOMPARE(items.size(), 1);
        names.append(items[0][QStringLiteral("name")].toString());
        cursor = page.json[QStringLiteral("next_cursor")].toString();
    } while (!cursor.isEmpty());
    const auto whole = m_fixture.call("GET", QStringLiteral("/v1/destinations"));
    QStringList all;
    const auto items = whole.json[QStringLiteral("items")].toArray();
    for (const auto& item : items)
        all.append(item[QStringLiteral("name")].toString());
    QCOMPARE(names, all);
    QVERIFY(std::is_sorted(names.begin(), names.end()));
    for (const auto* wrong : {"limit=0", "limit=501", "cursor=a%20b"})
        QCOMPARE(
            m_fixture.call("GET", QStringLiteral("/v1/destinations?") + QString::fromLatin1(wrong)).status,
            422);
}

void DestinationsTest::listsWithTheBuiltInOne()
{
    const auto reply = m_fixture.call("GET", QStringLiteral("/v1/destinations"));
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.json[QStringLiteral("next_cursor")].isNull());
    bool hasEcho = false;
    const auto items = reply.json[QStringLiteral("items")].toArray();
    for (const auto& item : items)
        hasEcho = hasEcho || (item[QStringLiteral("name")] == QStringLiteral("echo") &&
                              item[QStringLiteral("built_in")].toBool());
    QVERIFY(hasEcho);
}

void DestinationsTest::removes()
{
    const QString path = pathOf(QStringLiteral("brief"));
    QCOMPARE(m_fixture.call("PUT", path, plain).status, 201);
    const auto removed = m_fixture.call("DELETE", path + QStringLiteral("?reason=over"));
    QCOMPARE(removed.status, 204);
    QVERIFY(removed.body.isEmpty());
    QCOMPARE(m_fixture.call("GET", path).status, 404);
}

void DestinationsTest::keepsOneThatMessagesWaitFor()
{
    m_fixture.addDestination(QStringLiteral("busy"));
    const QByteArray message = R"({"destination":"busy","delay_ms":3600000,"payload":1})";
    QCOMPARE(m_fixture.call("POST", QStringLiteral("/v1/messages"), message).status, 201);
    const auto reply = m_fixture.call("DELETE", pathOf(QStringLiteral("busy")));
    QCOMPARE(reply.status, 409);
    QCOMPARE(reply.problem(), QStringLiteral("conflict"));
}

void DestinationsTest::leavesTheBuiltInOneAlone()
{
    const QString path = pathOf(QStringLiteral("echo"));
    QCOMPARE(m_fixture.call("PUT", path, plain).status, 409);
    QCOMPARE(m_fixture.call("PATCH", path, "{\"max_concurrency\":4}").status, 409);
    QCOMPARE(m_fixture.call("DELETE", path).status, 409);
}

void DestinationsTest::pausesAndResumes()
{
    const QString path = pathOf(QStringLiteral("held"));
    m_fixture.addDestination(QStringLiteral("held"));
    const QByteArray body = R"({"until":"2100-01-01T00:00:00Z","reason":"maintenance"})";
    const auto paused = m_fixture.call("POST", path + QStringLiteral("/pause"), body);
    QCOMPARE(paused.status, 200);
    const auto pause = paused.json[QStringLiteral("paused")];
    QCOMPARE(pause[QStringLiteral("until")].toString(), QStringLiteral("2100-01-01T00:00:00.000Z"));
    QCOMPARE(pause[QStringLiteral("reason")].toString(), QStringLiteral("maintenance"));
    QCOMPARE(pause[QStringLiteral("by")].toString(), QStringLiteral("admin"));
    const auto again = m_fixture.call("POST", path + QStringLiteral("/pause"));
    QCOMPARE(again.status, 200);
    QVERIFY(again.json[QStringLiteral("paused")][QStringLiteral("until")].isNull());
    const auto resumed = m_fixture.call("POST", path + QStringLiteral("/resume"));
    QCOMPARE(resumed.status, 200);
    QVERIFY(resumed.json[QStringLiteral("paused")].isNull());
}

void DestinationsTest::namesEveryWrongField_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("pointers");
    m_fixture.addDestination(QStringLiteral("fields"));
    const QString path = pathOf(QStringLiteral("fields"));
    QTest::newRow("several at once") << QByteArray("PUT") << path
                                     << QByteArray(R"({"timeout_ms":1,"retry":{"factor":0},"colour":"red"})")
                                     << QStringList{QStringLiteral("/url"), QStringLiteral("/timeout_ms"),
                                                    QStringLiteral("/retry/factor"),
                                                    QStringLiteral("/colour")};
    QTest::newRow("a name that is none") << QByteArray("PUT") << pathOf(QStringLiteral("a b")) << plain
                                         << QStringList{QStringLiteral("/name")};
    QTest::newRow("another name than in the path")
        << QByteArray("PUT") << path << QByteArray(R"({"name":"other","url":"https://x.example"})")
        << QStringList{QStringLiteral("/name")};
    QTest::newRow("a patch without a URL") << QByteArray("PATCH") << path << QByteArray(R"({"url":null})")
                                           << QStringList{QStringLiteral("/url")};
    QTest::newRow("a time without a zone")
        << QByteArray("POST") << path + QStringLiteral("/pause")
        << QByteArray(R"({"until":"2100-01-01T00:00:00"})") << QStringList{QStringLiteral("/until")};
    QTest::newRow("a time that is over")
        << QByteArray("POST") << path + QStringLiteral("/pause")
        << QByteArray(R"({"until":"2000-01-01T00:00:00Z"})") << QStringList{QStringLiteral("/until")};
}

void DestinationsTest::namesEveryWrongField()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    const auto reply = m_fixture.call(method, path, body);
    QCOMPARE(reply.status, 422);
    QCOMPARE(reply.problem(), QStringLiteral("invalid-input"));
    QTEST(reply.pointers(), "pointers");
}

void DestinationsTest::saysWhatIsNotThere_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("show") << QByteArray("GET") << QString() << QByteArray();
    QTest::newRow("patch") << QByteArray("PATCH") << QString() << QByteArray("{}");
    QTest::newRow("remove") << QByteArray("DELETE") << QString() << QByteArray();
    QTest::newRow("pause") << QByteArray("POST") << QStringLiteral("/pause") << QByteArray();
    QTest::newRow("resume") << QByteArray("POST") << QStringLiteral("/resume") << QByteArray();
}

void DestinationsTest::saysWhatIsNotThere()
{
    QFETCH(QByteArray, method);
    QFETCH(QString, suffix);
    QFETCH(QByteArray, body);
    const auto reply = m_fixture.call(method, pathOf(QStringLiteral("nowhere")) + suffix, body);
    QCOMPARE(reply.status, 404);
    QCOMPARE(reply.problem(), QStringLiteral("not-found"));
}

PUNCTUAL_TEST(DestinationsTest)
#include "destinations_test.moc"
