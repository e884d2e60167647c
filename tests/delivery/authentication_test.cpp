// SPDX-License-Identifier: GPL-3.0-or-later
// Signed and authenticated requests, batches, and what of an answer is kept, at a real receiver.
#include "delivery/deliverer_fixture.h"
#include "support/receiver.h"
#include "support/test_main.h"

#include <QMessageAuthenticationCode>

using namespace punctual;
using namespace punctual::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Ending = Exchange::Ending;
using Type = Authentication::Type;

namespace
{

const QByteArray secret = "whsec_" + QByteArray(24, 'k').toBase64();
const QByteArray older = "whsec_" + QByteArray(32, 'o').toBase64();

/// What a receiver that holds the key of `written` expects of `request`.
QByteArray expectedSignature(const ReceivedRequest& request, const QByteArray& key)
{
    const QByteArray text =
        request.header("webhook-id") + '.' + request.header("webhook-timestamp") + '.' + request.body;
    return "v1," + QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256).toBase64();
}

} // namespace

class AuthenticationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsWhatItSends();
    void signsWithBothSecrets();
    void theTimestampIsThatOfSending();
    void signsNothingWithoutASecret();
    void authenticates_data();
    void authenticates();
    void theDestinationsAuthenticationWins();
    void sendsNothingWithoutItsCredentials();
    void hidesSecretsInAnswers();
    void hidesSecretsWhereAnAnswerIsCut();
    void keepsWhatAnswersSayOfLimits();
    void sendsABatch();
    void keepsEnoughOfTheAnswerToABatch();

private:
    DelivererFixture m_fixture;
};

void AuthenticationTest::signsWhatItSends()
{
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    destination.credentials.signingSecret = secret;
    auto request = DelivererFixture::requestTo(destination);
    request.content.body = QByteArray("\0\r\n\xFF{}", 6);
    QCOMPARE(m_fixture.deliver(request).status, 200);
    const auto got = receiver.requests().front();
    QCOMPARE(got.header("webhook-id"), toText(request.id).toLatin1());
    QCOMPARE(got.header("webhook-signature"), expectedSignature(got, QByteArray(24, 'k')));
}

void AuthenticationTest::signsWithBothSecrets()
{
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    destination.credentials.signingSecret = secret;
    destination.credentials.previousSigningSecret = older;
    QCOMPARE(m_fixture.deliverTo(destination).status, 200);
    const auto got = receiver.requests().front();
    QCOMPARE(got.header("webhook-signature"),
             expectedSignature(got, QByteArray(24, 'k')) + ' ' + expectedSignature(got, QByteArray(32, 'o')));
}

void AuthenticationTest::theTimestampIsThatOfSending()
{
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    destination.credentials.signingSecret = secret;
    auto request = DelivererFixture::requestTo(destination);
    const Instant began = m_fixture.clock.now();
    request.mayStart = [this] { // asked when the connection is there
        m_fixture.clock.advance(100s);
        return true;
    };
    QCOMPARE(m_fixture.deliver(request).status, 200);
    const auto got = receiver.requests().front();
    QCOMPARE(got.header("webhook-timestamp"), delivery::RequestSigner::timestamp(began + 100s));
    QCOMPARE(got.header("webhook-signature"), expectedSignature(got, QByteArray(24, 'k')));
}

void AuthenticationTest::signsNothingWithoutASecret()
{
    // After one that is signed, over the same handle.
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    destination.credentials.signingSecret = secret;
    destination.credentials.authentication = Authentication{Type::Bearer, {}, "token"};
    QCOMPARE(m_fixture.deliverTo(destination).status, 200);
    QCOMPARE(m_fixture.deliverTo(destinationAt(receiver.url())).status, 200);
    for (const auto* name : {"webhook-id", "webhook-timestamp", "webhook-signature", "authorization"}) {
        QVERIFY(!receiver.requests()[0].header(name).isEmpty());
        QVERIFY(receiver.requests()[1].header(name).isEmpty());
    }
}

void AuthenticationTest::authenticates_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("a token") << int(Type::Bearer) << QByteArray() << QByteArray("Authorization")
                             << QByteArray("Bearer sesame");
    QTest::newRow("a user") << int(Type::Basic) << QByteArray("ann") << QByteArray("Authorization")
                            << "Basic " + QByteArray("ann:sesame").toBase64();
    QTest::newRow("a header") << int(Type::Header) << QByteArray("X-Api-Key") << QByteArray("X-Api-Key")
                              << QByteArray("sesame");
}

void AuthenticationTest::authenticates()
{
    QFETCH(int, type);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, header);
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    destination.credentials.authentication = Authentication{static_cast<Type>(type), name, "sesame"};
    QCOMPARE(m_fixture.deliverTo(destination).status, 200);
    QTEST(receiver.requests().front().header(header), "value");
}

void AuthenticationTest::theDestinationsAuthenticationWins()
{
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    destination.credentials.authentication = Authentication{Type::Bearer, {}, "sesame"};
    auto request = DelivererFixture::requestTo(destination);
    request.content.headers = {{"authorization", "Bearer of the message"}, {"X-A", "1"}};
    QCOMPARE(m_fixture.deliver(request).status, 200);
    QByteArrayList sent;
    const auto got = receiver.requests().front();
    for (const auto& header : got.headers)
        if (header.name.compare("authorization", Qt::CaseInsensitive) == 0)
            sent.append(header.value);
    QCOMPARE(sent, QByteArrayList{"Bearer sesame"});
    QCOMPARE(got.header("X-A"), QByteArray("1"));
}

void AuthenticationTest::sendsNothingWithoutItsCredentials()
{
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    destination.credentials.unreadable = u"no key 0123"_s;
    const auto exchange = m_fixture.deliverTo(destination);
    QCOMPARE(exchange.ending, Ending::NotSent);
    QCOMPARE(judge(exchange), Outcome::Failed); // it goes when the key is there
    QVERIFY(exchange.error.contains(u"no key 0123"_s));
    QCOMPARE(receiver.count(), std::size_t(0));
}

void AuthenticationTest::hidesSecretsInAnswers()
{
    Receiver receiver;
    const QByteArray basic = QByteArray("ann:sesame").toBase64();
    receiver.replyAlways({.body = "sesame " + basic + ' ' + secret + ' ' + older.mid(6)});
    auto destination = destinationAt(receiver.url());
    destination.credentials.signingSecret = secret;
    destination.credentials.previousSigningSecret = older;
    destination.credentials.authentication = Authentication{Type::Basic, "ann", "sesame"};
    QCOMPARE(m_fixture.deliverTo(destination).response, QByteArray("(hidden) (hidden) (hidden) (hidden)"));
}

void AuthenticationTest::hidesSecretsWhereAnAnswerIsCut()
{
    Receiver receiver;
    auto destination = destinationAt(receiver.url());
    destination.credentials.signingSecret = secret;
    for (qsizetype position = keptResponseBytes - secret.size(); position <= keptResponseBytes; ++position) {
        receiver.replyNext({.body = QByteArray(position, '.') + secret + QByteArray(100, '.')});
        const auto response = m_fixture.deliverTo(destination).response;
        QVERIFY(response.size() <= keptResponseBytes);
        QCOMPARE(response.left(position), QByteArray(std::min(position, response.size()), '.'));
        QVERIFY(!response.contains(secret.first(8)));
    }
}

void AuthenticationTest::keepsWhatAnswersSayOfLimits()
{
    Receiver receiver;
    receiver.replyNext(
        {.status = 429, .headers = {{"X-RateLimit-Remaining", "0"}, {"Retry-After", "7"}, {"X-Other", "1"}}});
    const auto limited = m_fixture.deliverTo(destinationAt(receiver.url()));
    QCOMPARE(limited.headers, (std::vector<Header>{{"x-ratelimit-remaining", "0"}, {"retry-after", "7"}}));
    QCOMPARE(limited.retryAfter, std::optional<Duration>(7s));
    QVERIFY(m_fixture.deliverTo(destinationAt(receiver.url())).headers.empty());
}

void AuthenticationTest::sendsABatch()
{
    Receiver receiver;
    receiver.replyAlways({.status = 207, .body = R"([200,{"status":422,"error":"no"},503])"});
    auto destination = destinationAt(receiver.url());
    destination.credentials.signingSecret = secret;
    auto request = DelivererFixture::requestTo(destination);
    request.batch = {makeUuidV7(at()), makeUuidV7(at()), makeUuidV7(at())};
    const auto content = joined(Batching{}, {{"{\"a\":1}"}, {"2"}, {"[]"}});
    QVERIFY(content.has_value());
    request.content = *content;

    const auto parts = split(m_fixture.deliver(request), request.batch.size());
    QCOMPARE(judge(parts[0]), Outcome::Delivered);
    QCOMPARE(judge(parts[1]), Outcome::Refused);
    QCOMPARE(judge(parts[2]), Outcome::Failed);

    const auto got = receiver.requests().front();
    QCOMPARE(got.body, QByteArray("[{\"a\":1},2,[]]"));
    const QByteArray key = toText(batchKey(request.batch)).toLatin1();
    QCOMPARE(got.header("Idempotency-Key"), key);
    QCOMPARE(got.header("webhook-id"), key);
    QCOMPARE(got.header("webhook-signature"), expectedSignature(got, QByteArray(24, 'k')));
    QByteArrayList ids;
    for (const auto& id : request.batch)
        ids.append(toText(id).toLatin1());
    QCOMPARE(got.header("Punctual-Message-Ids"), ids.join(','));
    QCOMPARE(got.header("Punctual-Batch-Size"), QByteArray("3"));
    QVERIFY(got.header("Punctual-Message-Id").isEmpty());
}

void AuthenticationTest::keepsEnoughOfTheAnswerToABatch()
{
    Receiver receiver;
    QByteArrayList results;
    for (int i = 0; i < 100; ++i)
        results.append(R"({"status":422,"error":")" + QByteArray(2000, 'x') + "\"}");
    receiver.replyAlways({.body = '[' + results.join(',') + ']'});
    auto request = DelivererFixture::requestTo(destinationAt(receiver.url()));
    for (int i = 0; i < 100; ++i)
        request.batch.push_back(makeUuidV7(at()));
    for (const auto& part : split(m_fixture.deliver(request), request.batch.size())) {
        QCOMPARE(part.status, 422);
        QVERIFY(part.response.size() <= keptResponseBytes);
    }
}

PUNCTUAL_TEST(AuthenticationTest)
#include "authentication_test.moc"
