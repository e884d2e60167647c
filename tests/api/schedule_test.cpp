// SPDX-License-Identifier: GPL-3.0-or-later
// POST /v1/messages and its batch.
#include "api_fixture.h"
#include "support/test_main.h"

#include <QSet>

using namespace punctual;
using punctual::test::ApiFixture;

namespace
{

const QString messages = QStringLiteral("/v1/messages");
const QString batch = QStringLiteral("/v1/messages/batch");

const QByteArray payload = R"({"z":1.10,"a":2})";

QByteArray order(const QByteArray& more = {})
{
    return R"({"destination":"orders","delay_ms":3600000,"payload":)" + payload + more + '}';
}

QByteArray batchOf(const QByteArray& items)
{
    return R"({"messages":[)" + items + "]}";
}

QByteArray text(const QByteArray& body)
{
    return R"({"destination":"orders","body":")" + body + "\"}";
}

} // namespace

class ScheduleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_fixture.addDestination(); }
    void answersWithTheMessage();
    void keepsThePayloadAsItIsWritten();
    void passesTheTraceOn();
    void answersARepeatedKeyWithTheSameBytes();
    void refusesAKeyWithOtherContent();
    void storesOnceWhenTwoPostWithOneKey();
    void answersEachOfManyAtOnce();
    void namesEveryWrongField_data();
    void namesEveryWrongField();
    void refusesWhatIsNotJson_data();
    void refusesWhatIsNotJson();
    void refusesOtherMediaTypes();
    void refusesBodiesOverTheLimit();
    void storesABatchInOrder();
    void storesNothingOfABatchWithABadItem();
    void limitsBatches();

private:
    [[nodiscard]] qint64 stored()
    {
        return m_fixture.database.value(QStringLiteral("SELECT count(*) FROM punctual.messages"))
            .toLongLong();
    }

    ApiFixture m_fixture;
};

void ScheduleTest::answersWithTheMessage()
{
    const auto reply = m_fixture.call(
        "POST", messages + QStringLiteral("?reason=a%20test"),
        order(
            R"(,"priority":"high","key":"c-12","tags":["promo"],"headers":{"X-Campaign":"xmas","X-Api-Key":"hush"},)"
            R"("expires_after_ms":600000,"max_attempts":3)"));
    QCOMPARE(reply.status, 201);
    const QString id = reply.json[QStringLiteral("id")].toString();
    QCOMPARE(reply.header("location"), "/v1/messages/" + id.toLatin1());
    QCOMPARE(reply.json[QStringLiteral("state")].toString(), QStringLiteral("scheduled"));
    QCOMPARE(reply.json[QStringLiteral("max_attempts")].toInt(), 3);
    QVERIFY(!reply.body.contains("hush"));
    const auto shown = m_fixture.call("GET", messages + u'/' + id);
    QCOMPARE(shown.status, 200);
    QCOMPARE(shown.json, reply.json);
    QCOMPARE(m_fixture.database.value(
                 QStringLiteral("SELECT reason FROM punctual.audit WHERE object = '%1'").arg(id)),
             QStringLiteral("a test"));
}

void ScheduleTest::keepsThePayloadAsItIsWritten()
{
    const auto reply = m_fixture.call("POST", messages, order());
    const auto body = m_fixture.database.value(
        QStringLiteral("SELECT convert_from(body, 'UTF8') FROM punctual.messages WHERE id = '%1'")
            .arg(reply.json[QStringLiteral("id")].toString()));
    QCOMPARE(body.toByteArray(), payload);
}

/// To the third party, not into the answer: a repeated call may belong to another trace.
void ScheduleTest::passesTheTraceOn()
{
    const QByteArray trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const auto reply = m_fixture.call("POST", messages, order(), {{"traceparent", trace}});
    QCOMPARE(reply.status, 201);
    QVERIFY(!reply.body.contains("traceparent"));
    const auto shown =
        m_fixture.call("GET", messages + u'/' + reply.json[QStringLiteral("id")].toString()).json;
    QCOMPARE(shown[QStringLiteral("headers")][QStringLiteral("traceparent")].toString().toLatin1(), trace);
}

void ScheduleTest::answersARepeatedKeyWithTheSameBytes()
{
    const ApiFixture::Headers key{{"Idempotency-Key", "order-7"}};
    const auto first = m_fixture.call("POST", messages, order(), key);
    QCOMPARE(first.status, 201);
    const qint64 before = stored();
    m_fixture.database.exec(
        QStringLiteral("SELECT punctual.cancel('%1')").arg(first.json[QStringLiteral("id")].toString()));
    const auto second = m_fixture.call("POST", messages, order(), key);
    QCOMPARE(second.status, 201);
    QCOMPARE(second.body, first.body);
    QCOMPARE(second.header("location"), first.header("location"));
    QCOMPARE(stored(), before);
}

void ScheduleTest::refusesAKeyWithOtherContent()
{
    const ApiFixture::Headers key{{"Idempotency-Key", "order-8"}};
    QCOMPARE(m_fixture.call("POST", messages, order(), key).status, 201);
    const auto other = m_fixture.call("POST", messages, order(",\"key\":\"x\""), key);
    QCOMPARE(other.status, 422);
    QCOMPARE(other.problem(), QStringLiteral("idempotency-key-reused"));
    QCOMPARE(m_fixture.call("POST", messages, order(), {{"Idempotency-Key", QByteArray(201, 'k')}}).status,
             422);
}

void ScheduleTest::storesOnceWhenTwoPostWithOneKey()
{
    const qint64 before = stored();
    const ApiFixture::Headers key{{"Idempotency-Key", "order-9"}};
    std::vector<std::unique_ptr<QNetworkReply>> replies;
    for (int i = 0; i < 5; ++i)
        replies.push_back(m_fixture.begin("POST", messages, order(), key));
    QSet<QByteArray> bodies;
    for (const auto& reply : replies) {
        const auto read = ApiFixture::finish(*reply);
        QCOMPARE(read.status, 201);
        bodies.insert(read.body);
    }
    QCOMPARE(bodies.size(), 1);
    QCOMPARE(stored(), before + 1);
}

void ScheduleTest::namesEveryWrongField_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("pointers");
    const auto row = [](const char* name, const QByteArray& body, const QStringList& pointers) {
        QTest::newRow(name) << body << pointers;
    };
    row("nothing at all", "{}", {QStringLiteral("/destination"), QStringLiteral("/payload")});
    row("several at once", R"({"destination":7,"payload":1,"priority":"urgent","colour":"red"})",
        {QStringLiteral("/destination"), QStringLiteral("/priority"), QStringLiteral("/colour")});
    row("an unknown destination", R"({"destination":"nowhere","payload":1})",
        {QStringLiteral("/destination")});
    row("a due time in the past", R"({"destination":"orders","payload":1,"due_at":"2020-01-01T00:00:00Z"})",
        {QStringLiteral("/due_at")});
    row("a header of HTTP's own", R"({"destination":"orders","payload":1,"headers":{"Host":"x"}})",
        {QStringLiteral("/headers/Host")});
    row("two bodies", R"({"destination":"orders","payload":1,"body":"x"})", {QStringLiteral("/payload")});
}

void ScheduleTest::namesEveryWrongField()
{
    QFETCH(QByteArray, body);
    QFETCH(QStringList, pointers);
    const qint64 before = stored();
    const auto reply = m_fixture.call("POST", messages, body);
    QCOMPARE(reply.status, 422);
    QCOMPARE(reply.problem(), QStringLiteral("invalid-input"));
    QCOMPARE(reply.pointers(), pointers);
    QCOMPARE(stored(), before);
}

void ScheduleTest::refusesWhatIsNotJson_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("an unfinished object") << QByteArray(R"({"destination":)");
    QTest::newRow("an array") << QByteArray("[]");
    QTest::newRow("two objects") << QByteArray("{}{}");
    QTest::newRow("bytes that are not UTF-8") << QByteArray("{\"a\":\"\xff\"}");
    QTest::newRow("a hundred thousand levels")
        << R"({"payload":)" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + '}';
}

void ScheduleTest::refusesWhatIsNotJson()
{
    QFETCH(QByteArray, body);
    const auto reply = m_fixture.call("POST", messages, body);
    QCOMPARE(reply.status, 400);
    QCOMPARE(reply.problem(), QStringLiteral("malformed-json"));
}

void ScheduleTest::refusesOtherMediaTypes()
{
    const auto reply = m_fixture.call("POST", messages, order(), {{"Content-Type", "text/plain"}});
    QCOMPARE(reply.status, 415);
    QCOMPARE(m_fixture.call("POST", messages, order(), {{"Content-Type", "application/json; charset=utf-8"}})
                 .status,
             201);
}

void ScheduleTest::refusesBodiesOverTheLimit()
{
    const QByteArray most(256 * 1024, 'x');
    QCOMPARE(m_fixture.call("POST", messages, text(most)).status, 201);
    const auto field = m_fixture.call("POST", messages, text(most + 'x'));
    QCOMPARE(field.status, 422);
    QCOMPARE(field.pointers(), QStringList(QStringLiteral("/body")));
    const auto whole = m_fixture.call("POST", messages, QByteArray(1'700'000, ' '));
    QCOMPARE(whole.status, 413);
    QCOMPARE(whole.problem(), QStringLiteral("too-large"));
    QCOMPARE(whole.header("ratelimit-limit"), "10000"); // it counts
}

void ScheduleTest::storesABatchInOrder()
{
    QByteArrayList items;
    for (int i = 0; i < 10'000; ++i)
        items.append(order(",\"key\":\"k" + QByteArray::number(i) + '"'));
    const auto reply = m_fixture.call("POST", batch, batchOf(items.join(',')));
    QCOMPARE(reply.status, 201);
    const auto ids = reply.json[QStringLiteral("items")].toArray();
    QCOMPARE(ids.size(), 10'000);
    for (const int i : {0, 5'000, 9'999}) {
        const auto key =
            m_fixture.database.value(QStringLiteral("SELECT key FROM punctual.messages WHERE id = '%1'")
                                         .arg(ids[i][QStringLiteral("id")].toString()));
        QCOMPARE(key.toString(), QStringLiteral("k%1").arg(i));
    }
}

void ScheduleTest::storesNothingOfABatchWithABadItem()
{
    const qint64 before = stored();
    const QByteArray unknown = R"({"destination":"nowhere","payload":1})";
    const auto read = m_fixture.call("POST", batch, batchOf(order() + ",7,{\"payload\":1}"));
    QCOMPARE(read.status, 422);
    QCOMPARE(read.pointers(),
             (QStringList{QStringLiteral("/messages/1"), QStringLiteral("/messages/2/destination")}));
    const auto known = m_fixture.call("POST", batch, batchOf(order() + ',' + unknown + ',' + order()));
    QCOMPARE(known.status, 422);
    QCOMPARE(known.pointers(), QStringList(QStringLiteral("/messages/1/destination")));
    QCOMPARE(stored(), before);
}

/// They are stored together, and so refused together at first.
void ScheduleTest::answersEachOfManyAtOnce()
{
    const QByteArray unknown = R"({"destination":"nothing","payload":1})";
    const qint64 before = stored();
    std::vector<std::unique_ptr<QNetworkReply>> replies;
    for (int i = 0; i < 30; ++i)
        replies.push_back(m_fixture.begin("POST", messages, i % 10 == 3 ? unknown : order()));
    QSet<QString> ids;
    for (int i = 0; i < 30; ++i) {
        const auto reply = ApiFixture::finish(*replies[static_cast<std::size_t>(i)]);
        QCOMPARE(reply.status, i % 10 == 3 ? 422 : 201);
        if (reply.status == 201)
            ids.insert(reply.json[QStringLiteral("id")].toString());
        else
            QCOMPARE(reply.pointers(), QStringList(QStringLiteral("/destination")));
    }
    QCOMPARE(ids.size(), 27);
    QCOMPARE(stored(), before + 27);
    for (const auto& id : ids) // each has its own entry in the audit
        QCOMPARE(m_fixture.call("GET", QStringLiteral("/v1/audit?object=") + id)
                     .json[QStringLiteral("items")]
                     .toArray()
                     .size(),
                 1);
}

void ScheduleTest::limitsBatches()
{
    const QStringList field{QStringLiteral("/messages")};
    QCOMPARE(m_fixture.call("POST", batch, batchOf({})).pointers(), field);
    QCOMPARE(m_fixture.call("POST", batch, batchOf(QByteArray("1,").repeated(10'000) + '1')).pointers(),
             field);
    QCOMPARE(m_fixture.call("POST", batch, "{\"messages\":7,\"more\":1}").pointers(),
             field + QStringList(QStringLiteral("/more")));
}

PUNCTUAL_TEST(ScheduleTest)
#include "schedule_test.moc"
