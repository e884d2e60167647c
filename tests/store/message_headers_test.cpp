// SPDX-License-Identifier: GPL-3.0-or-later
// Headers of messages that are credentials: sealed where they are stored, open only where they are sent.
#include "store/message_headers.h"
#include "store/operation_queries.h"
#include "store_fixture.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

namespace
{

const std::vector<Header> headers{{"X-Plain", "seen"}, {"Authorization", "Bearer very-secret-token"}};

} // namespace

class MessageHeadersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDatabaseDoesNotShowThem();
    void theNodeGetsThem();
    void aReplayKeepsThem();
    void aReplayToAnotherDestinationDropsThem();
    void aReplayMayBringNewOnes();
    void theyOpenNowhereElse();
    void withoutAKeyTheyAreRefused();
    void withoutItsKeyAClaimSaysSo();
    void sqlCannotStoreThemUnsealed();
    void anotherKeyTakesOver();
    void everyValueArrivesAsItWas_data();
    void everyValueArrivesAsItWas();
    void everybodyAgreesWhichAreSecret_data();
    void everybodyAgreesWhichAreSecret();

private:
    MessageId scheduleWithHeaders()
    {
        auto message = messageFor(QStringLiteral("orders"));
        message.content.headers = headers;
        return m_fixture.schedule(message);
    }
    QByteArray stored(const MessageId& id)
    {
        return m_fixture.database
            .value(
                QStringLiteral("SELECT headers::text FROM punctual.messages WHERE id = '%1'").arg(toText(id)))
            .toByteArray();
    }
    std::vector<Header> claimed(const MessageId& id)
    {
        const auto claims = store::claim(m_fixture.connection, m_fixture.node, {id}, {}).value();
        return claims.size() == 1 ? claims[0].content.headers : std::vector<Header>{};
    }
    MessageId replayed(const MessageId& id, const ReplayChange& change)
    {
        return store::replay(m_fixture.connection, id, change).value().replay.value();
    }

    StoreFixture m_fixture;
};

void MessageHeadersTest::theDatabaseDoesNotShowThem()
{
    const auto id = scheduleWithHeaders();
    const auto everything = m_fixture.database
                                .value(QStringLiteral("SELECT (SELECT string_agg(m::text, '') FROM "
                                                      "punctual.messages m) || coalesce((SELECT "
                                                      "string_agg(a::text, '') FROM punctual.audit a), '')"))
                                .toString();
    QVERIFY(everything.contains(QStringLiteral("X-Plain")));
    QVERIFY(!everything.contains(QStringLiteral("very-secret-token")));
    const auto found = store::find(m_fixture.connection, id).value().value();
    QCOMPARE(found.content->headers.size(), std::size_t(2));
    QVERIFY(found.content->headers[0] == headers[0]);
    QCOMPARE(found.content->headers[1].name, headers[1].name);
    QCOMPARE(found.content->headers[1].value, QByteArray());
}

void MessageHeadersTest::theNodeGetsThem()
{
    QVERIFY(claimed(scheduleWithHeaders()) == headers);
}

void MessageHeadersTest::aReplayKeepsThem()
{
    const auto id = scheduleWithHeaders();
    QVERIFY(claimed(id) == headers);
    m_fixture.record(id, MessageState::Dead);
    QVERIFY(claimed(replayed(id, {})) == headers);
}

void MessageHeadersTest::aReplayToAnotherDestinationDropsThem()
{
    QVERIFY(store::putDestination(
        m_fixture.connection, destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("other"))));
    const auto id = scheduleWithHeaders();
    QVERIFY(claimed(id) == headers);
    m_fixture.record(id, MessageState::Dead);
    ReplayChange change;
    change.destination = QStringLiteral("other");
    QVERIFY(claimed(replayed(id, change)) == std::vector<Header>{headers[0]});
}

void MessageHeadersTest::aReplayMayBringNewOnes()
{
    const auto id = scheduleWithHeaders();
    QVERIFY(claimed(id) == headers);
    m_fixture.record(id, MessageState::Dead);
    ReplayChange change;
    change.headers = std::vector<Header>{{"Authorization", "Bearer another-token"}};
    const auto again = replayed(id, change);
    QVERIFY(!stored(again).contains("another-token"));
    QVERIFY(claimed(again) == *change.headers);
}

void MessageHeadersTest::theyOpenNowhereElse()
{
    const auto& box = m_fixture.connection.secretBox();
    const QByteArray json = stored(scheduleWithHeaders());
    QVERIFY(store::openHeaders(json, QStringLiteral("orders"), box));
    QVERIFY(!store::openHeaders(json, QStringLiteral("other"), box));
    QByteArray renamed = json;
    renamed.replace("Authorization", "X-Token");
    QVERIFY(!store::openHeaders(renamed, QStringLiteral("orders"), box));
}

void MessageHeadersTest::withoutAKeyTheyAreRefused()
{
    auto address = m_fixture.database.address();
    address.secretKeys.clear();
    store::Connection connection(address, QStringLiteral("without a key"));
    auto message = messageFor(QStringLiteral("orders"));
    message.content.headers = headers;
    const auto refused = store::schedule(connection, {message}, std::nullopt);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    QVERIFY(refused.error().detail.contains(QStringLiteral("Authorization")));
    QVERIFY(!store::find(m_fixture.connection, message.id).value());
    message.content.headers = {headers[0]};
    QVERIFY(store::schedule(connection, {message}, std::nullopt));
}

void MessageHeadersTest::withoutItsKeyAClaimSaysSo()
{
    const auto id = scheduleWithHeaders();
    auto address = m_fixture.database.address();
    address.secretKeys = {*SecretKey::parse(QByteArray(64, 'f'))};
    store::Connection connection(address, QStringLiteral("with another key"));
    const auto claims = store::claim(connection, m_fixture.node, {id}, {}).value();
    QCOMPARE(claims.size(), std::size_t(1));
    QVERIFY(claims[0].unreadable.contains(QStringLiteral("Authorization")));
    QVERIFY(claims[0].content.headers.empty());
}

void MessageHeadersTest::sqlCannotStoreThemUnsealed()
{
    auto refused = m_fixture.connection.run(QStringLiteral(
        "SELECT punctual.schedule(ARRAY[gen_random_uuid()], ARRAY['orders'], ARRAY[NULL::bigint], "
        "ARRAY[0::bigint], ARRAY['normal'], ARRAY[NULL], ARRAY['{}'], ARRAY[NULL::bigint], "
        "ARRAY[NULL::integer], ARRAY['[[\"X-Api-Key\", \"plain\"]]'], ARRAY['text/plain'], "
        "ARRAY[''::bytea])"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    QVERIFY(!refused.error().fields.empty());
    QVERIFY(refused.error().fields[0].detail.contains(QStringLiteral("X-Api-Key")));
    QVERIFY(!refused.error().fields[0].detail.contains(QStringLiteral("plain")));
}

void MessageHeadersTest::anotherKeyTakesOver()
{
    const auto id = scheduleWithHeaders();
    const QByteArray before = stored(id);
    auto address = m_fixture.database.address();
    auto oldKeys = address.secretKeys;
    address.secretKeys.insert(address.secretKeys.begin(), *SecretKey::parse(QByteArray(64, 'e')));
    store::Connection both(address, QStringLiteral("with both keys"));
    QVERIFY(store::resealSecrets(both));
    const QByteArray after = stored(id);
    QVERIFY(after != before);
    address.secretKeys = {address.secretKeys.front()};
    store::Connection fresh(address, QStringLiteral("with the new key"));
    const auto claims = store::claim(fresh, m_fixture.node, {id}, {}).value();
    QCOMPARE(claims.size(), std::size_t(1));
    QVERIFY(claims[0].content.headers == headers);
    QVERIFY(store::resealSecrets(both));
    QCOMPARE(stored(id), after);
    address.secretKeys = oldKeys;
    address.secretKeys.push_back(*SecretKey::parse(QByteArray(64, 'e')));
    store::Connection back(address, QStringLiteral("the old key first"));
    QVERIFY(store::resealSecrets(back)); // for the other tests
}

void MessageHeadersTest::everyValueArrivesAsItWas_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("plain") << QByteArray("1795000000123");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("quotes and backslashes") << QByteArray(R"(W/"a\b", "c")");
    QTest::newRow("brackets and commas") << QByteArray(R"([["x", {"y": 1}], ])");
    QTest::newRow("a tab") << QByteArray("one\ttwo");
    QTest::newRow("Latin-1") << QByteArray("caf\xE9 \xFF\x80");
}

void MessageHeadersTest::everyValueArrivesAsItWas()
{
    QFETCH(const QByteArray, value);
    const std::vector<Header> given{{"X-First", value}, {"X-Second", "2"}, {"X-Again", value}};
    auto message = messageFor(QStringLiteral("orders"));
    message.content.headers = given;
    QCOMPARE(claimed(m_fixture.schedule(message)), given);
}

void MessageHeadersTest::everybodyAgreesWhichAreSecret_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char* name : {"Authorization", "proxy-authorization", "Cookie", "X-Token", "X-Secret",
                             "PASSWORD", "X-Api-Key", "X-Signature", "X-Campaign", "Accept", "X-Request-Id"})
        QTest::newRow(name) << QByteArray(name);
}

void MessageHeadersTest::everybodyAgreesWhichAreSecret()
{
    QFETCH(const QByteArray, name);
    QCOMPARE(
        m_fixture.database
            .value(QStringLiteral("SELECT punctual.is_secret_header('%1')").arg(QString::fromLatin1(name)))
            .toBool(),
        isSecretHeader(name));
}

PUNCTUAL_TEST(MessageHeadersTest)
#include "message_headers_test.moc"
