// SPDX-License-Identifier: GPL-3.0-or-later
// What is whsec of a destination, apart from it and back again.
#include "core/credentials.h"
#include "core/secret_key.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace Qt::StringLiterals;

namespace
{

using Type = Authentication::Type;

const QByteArray whsec = "whsec_" + QByteArray(24, 'k').toBase64();

Destination secretDestination()
{
    Destination destination = destinationAt(u"https://api.example.com/hook"_s);
    destination.headers = {{"X-A", "1"}, {"X-Api-Key", "key-1234"}, {"x-api-key", "key-5678"}};
    destination.credentials = {.signingSecret = whsec,
                               .previousSigningSecret = "whsec_" + QByteArray(32, 'p').toBase64(),
                               .authentication = Authentication{Type::Basic, "ann", "gr\xC3\xBC\xC3\x9F"},
                               .clientKey = "pem",
                               .headers = {},
                               .unreadable = {}};
    return destination;
}

} // namespace

class CredentialsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesEverythingSecretOut();
    void comesBackAsItWas();
    void nothingSecretIsNoBytes();
    void refusesForeignBytes();
    void noticesAHeaderWithoutItsValue();
    void readsSigningKeys_data();
    void readsSigningKeys();
    void makesHeaders_data();
    void makesHeaders();
    void hidesEverySecret();
    void hidesSecretHeadersInEveryForm_data();
    void hidesSecretHeadersInEveryForm();
    void readsSecretKeys_data();
    void readsSecretKeys();
    void wipes();
};

void CredentialsTest::takesEverythingSecretOut()
{
    Destination destination = secretDestination();
    const Credentials taken = takeCredentials(destination);
    QVERIFY(destination.credentials.isEmpty());
    QCOMPARE(destination.headers,
             (std::vector<Header>{{"X-A", "1"}, {"X-Api-Key", "(hidden)"}, {"x-api-key", "(hidden)"}}));
    QCOMPARE(taken.signingSecret, whsec);
    QCOMPARE(taken.headers, (std::vector<Header>{{"X-Api-Key", "key-1234"}, {"x-api-key", "key-5678"}}));
}

void CredentialsTest::comesBackAsItWas()
{
    Destination destination = secretDestination();
    const QByteArray bytes = toBytes(takeCredentials(destination));
    const auto read = credentialsFromBytes(bytes);
    QVERIFY(read.has_value());
    giveCredentials(destination, *read);
    QCOMPARE(destination.headers, secretDestination().headers);
    QVERIFY(destination.credentials == secretDestination().credentials);
}

void CredentialsTest::nothingSecretIsNoBytes()
{
    QVERIFY(toBytes({}).isEmpty());
    QVERIFY(credentialsFromBytes({})->isEmpty());
    Destination destination = destinationAt(u"http://a"_s);
    QVERIFY(takeCredentials(destination).isEmpty());
}

void CredentialsTest::refusesForeignBytes()
{
    const auto read = credentialsFromBytes("top-whsec");
    QCOMPARE(read.error().code, ErrorCode::Internal);
    QVERIFY(!read.error().detail.contains(u"top-whsec"_s));
}

void CredentialsTest::noticesAHeaderWithoutItsValue()
{
    Destination destination = secretDestination();
    Credentials taken = takeCredentials(destination);
    taken.headers.pop_back();
    giveCredentials(destination, taken);
    QCOMPARE(destination.headers[1].value, QByteArray("key-1234"));
    QVERIFY(!destination.credentials.unreadable.isEmpty());
}

void CredentialsTest::readsSigningKeys_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::addColumn<qsizetype>("bytes"); // 0: refused
    const auto row = [](const char* sentence, const QByteArray& written, qsizetype bytes) {
        QTest::newRow(sentence) << written << bytes;
    };
    row("the shortest", "whsec_" + QByteArray(24, 'a').toBase64(), 24);
    row("the longest", "whsec_" + QByteArray(64, 'a').toBase64(), 64);
    row("one byte too short", "whsec_" + QByteArray(23, 'a').toBase64(), 0);
    row("one byte too long", "whsec_" + QByteArray(65, 'a').toBase64(), 0);
    row("no prefix", QByteArray(24, 'a').toBase64(), 0);
    row("another prefix", "WHSEC_" + QByteArray(24, 'a').toBase64(), 0);
    row("what is not base64", "whsec_" + QByteArray(32, '!'), 0);
    row("nothing", "", 0);
}

void CredentialsTest::readsSigningKeys()
{
    QFETCH(QByteArray, written);
    QFETCH(qsizetype, bytes);
    const auto key = signingKey(written);
    QCOMPARE(key.has_value(), bytes != 0);
    if (key)
        QCOMPARE(*key, QByteArray(bytes, 'a'));
}

void CredentialsTest::makesHeaders_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("bearer") << int(Type::Bearer) << QByteArray() << QByteArray("abc")
                            << QByteArray("Authorization: Bearer abc");
    QTest::newRow("basic, as in RFC 7617")
        << int(Type::Basic) << QByteArray("Aladdin") << QByteArray("open sesame")
        << QByteArray("Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    QTest::newRow("a header") << int(Type::Header) << QByteArray("X-Api-Key") << QByteArray("abc")
                              << QByteArray("X-Api-Key: abc");
}

void CredentialsTest::makesHeaders()
{
    QFETCH(int, type);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    const Header header = headerOf({static_cast<Type>(type), name, value});
    QTEST(header.name + ": " + header.value, "header");
}

void CredentialsTest::hidesEverySecret()
{
    Destination destination = secretDestination();
    destination.credentials.authentication->value = "sesame";
    QByteArray text = "a " + whsec + " b " + whsec.mid(6) + " c sesame d " +
                      QByteArray("ann:sesame").toBase64() + " e key-1234 f ann 1";
    hideSecrets(text, secretTexts(destination));
    QCOMPARE(text, QByteArray("a (hidden) b (hidden) c (hidden) d (hidden) e (hidden) f ann 1"));
    destination.credentials.authentication->value = "a"; // every a of every answer
    text = "banana";
    hideSecrets(text, secretTexts(destination));
    QCOMPARE(text, QByteArray("banana"));
}

void CredentialsTest::hidesSecretHeadersInEveryForm_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("kept");
    QTest::newRow("as it was sent") << QByteArray("got Bearer ab/c\"d\xC3\xBC") << QByteArray("got (hidden)");
    QTest::newRow("without its scheme")
        << QByteArray("token ab/c\"d\xC3\xBC!") << QByteArray("token (hidden)!");
    QTest::newRow("in JSON") << QByteArray("[\"ab/c\\\"d\xC3\xBC\"]") << QByteArray("[\"(hidden)\"]");
    QTest::newRow("in JSON with slashes escaped")
        << QByteArray("[\"Bearer ab\\/c\\\"d\xC3\xBC\"]") << QByteArray("[\"(hidden)\"]");
    QTest::newRow("in JSON of ASCII only")
        << QByteArray("[\"ab/c\\\"d\\u00fc\"]") << QByteArray("[\"(hidden)\"]");
    QTest::newRow("in JSON with both")
        << QByteArray("[\"ab\\/c\\\"d\\u00fc\"]") << QByteArray("[\"(hidden)\"]");
}

void CredentialsTest::hidesSecretHeadersInEveryForm()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, kept);
    const std::vector<Header> headers{{"X-Trace", "answer"}, {"Authorization", "Bearer ab/c\"d\xC3\xBC"}};
    hideSecrets(answer, secretTexts(headers));
    QCOMPARE(answer, kept);
}

void CredentialsTest::readsSecretKeys_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("fine");
    QTest::newRow("base64") << QByteArray(32, 'a').toBase64() << true;
    QTest::newRow("base64 without its end")
        << QByteArray(32, 'a').toBase64(QByteArray::OmitTrailingEquals) << true;
    QTest::newRow("small hex") << QByteArray(32, '\xAB').toHex() << true;
    QTest::newRow("capital hex") << QByteArray(32, '\xAB').toHex().toUpper() << true;
    QTest::newRow("31 bytes") << QByteArray(31, 'a').toBase64() << false;
    QTest::newRow("33 bytes") << QByteArray(33, 'a').toBase64() << false;
    QTest::newRow("a hex digit too few") << QByteArray(32, 'a').toHex().chopped(1) << false;
    QTest::newRow("a password") << QByteArray("correct horse battery staple") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void CredentialsTest::readsSecretKeys()
{
    QFETCH(QByteArray, text);
    const auto key = SecretKey::parse(text);
    QTEST(key.has_value(), "fine");
    if (key)
        QVERIFY(key->bytes()[0] == 'a' || key->bytes()[0] == 0xAB);
}

void CredentialsTest::wipes()
{
    QByteArray text("abc");
    const QByteArray shared = text;
    wipe(text);
    QVERIFY(text.isEmpty());
    QCOMPARE(shared, QByteArray("\0\0\0", 3));
    QByteArray literal = QByteArrayLiteral("abc"); // lies in memory that cannot be written
    wipe(literal);
    QVERIFY(literal.isEmpty());
}

PUNCTUAL_TEST(CredentialsTest)
#include "credentials_test.moc"
