// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets of a destination in JSON: they go in, and never come out.
#include "core/destination_json.h"
#include "support/factories.h"
#include "support/json.h"
#include "support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace punctual;
using namespace punctual::test;
using namespace Qt::StringLiterals;

namespace
{

using Type = Authentication::Type;

const QByteArray secret = "whsec_" + QByteArray(24, 'k').toBase64();
const QByteArray older = "whsec_" + QByteArray(24, 'o').toBase64();
const QByteArray certificate = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n";
const QByteArray key = "-----BEGIN PRIVATE KEY-----\nS0VZ\n-----END PRIVATE KEY-----\n";

/// As it is written in JSON.
QByteArray quoted(QByteArray text)
{
    return '"' + text.replace('\n', "\\n") + '"';
}

Destination withSecrets()
{
    Destination destination = destinationAt(u"https://api.example.com/hook"_s);
    destination.headers = {{"X-A", "1"}, {"X-Api-Key", "key-1234"}};
    destination.tls = {certificate, certificate, false};
    destination.credentials.signingSecret = secret;
    destination.credentials.previousSigningSecret = older;
    destination.credentials.authentication = Authentication{Type::Basic, "ann", "sesame"};
    destination.credentials.clientKey = key;
    return destination;
}

void compare(const Destination& got, const Destination& wanted)
{
    QCOMPARE(got.headers, wanted.headers);
    QVERIFY(got.credentials == wanted.credentials);
    QVERIFY(got.tls == wanted.tls);
}

} // namespace

class CredentialsJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryField();
    void readsEachAuthentication_data();
    void readsEachAuthentication();
    void neverShowsASecret();
    void warnsLoudly();
    void whatWasShownMayComeBack();
    void marksWithoutAValueAreRefused();
    void patchesParts();
    void anotherAuthenticationBeginsAnew();
    void nullRemoves();
    void refuses_data();
    void refuses();
    void refusesToLoseWhatItCannotRead();
};

void CredentialsJsonTest::readsEveryField()
{
    const auto read = readDestination(
        u"orders"_s,
        objectOf(R"({"url":"https://api.example.com/hook","headers":{"X-A":"1","X-Api-Key":"key-1234"},)"
                 R"("signing_secret":)" +
                 quoted(secret) + R"(,"previous_signing_secret":)" + quoted(older) +
                 R"(,"authentication":{"type":"basic","username":"ann","password":"sesame"},)"
                 R"("tls":{"ca_certificate":)" +
                 quoted(certificate) + R"(,"client_certificate":)" + quoted(certificate) +
                 R"(,"client_key":)" + quoted(key) + R"(,"verify":false}})"));
    QVERIFY2(read.has_value(), qPrintable(pointersOf(read).join(u' ')));
    compare(*read, withSecrets());
}

void CredentialsJsonTest::readsEachAuthentication_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("a token") << QByteArray(R"({"type":"bearer","token":"t-1"})") << QByteArray("Bearer t-1");
    QTest::newRow("a user") << QByteArray(R"({"type":"basic","username":"a","password":"b:c"})")
                            << QByteArray("Basic YTpiOmM=");
    QTest::newRow("a header in Latin-1")
        << QByteArray("{\"type\":\"header\",\"name\":\"X-K\",\"value\":\"\xC3\xBC\"}") << QByteArray("\xFC");
}

void CredentialsJsonTest::readsEachAuthentication()
{
    QFETCH(QByteArray, json);
    const auto read =
        readDestination(u"orders"_s, objectOf(R"({"url":"http://a","authentication":)" + json + "}"));
    QVERIFY2(read.has_value(), qPrintable(pointersOf(read).join(u' ')));
    QTEST(headerOf(*read->credentials.authentication).value, "header");
    const auto again = readDestination(u"orders"_s, toJson(*read), &*read);
    QVERIFY2(again.has_value(), qPrintable(pointersOf(again).join(u' ')));
    compare(*again, *read);
}

void CredentialsJsonTest::neverShowsASecret()
{
    const auto object = toJson(withSecrets());
    const QByteArray text = QJsonDocument(object).toJson();
    for (const auto& hidden :
         {secret, older, QByteArray("sesame"), QByteArray("key-1234"), QByteArray("S0VZ")})
        QVERIFY2(!text.contains(hidden), hidden.constData());
    QCOMPARE(object.value("signing_secret"_L1), u"(hidden)"_s);
    QCOMPARE(object.value("previous_signing_secret"_L1), u"(hidden)"_s);
    QCOMPARE(object.value("authentication"_L1),
             objectOf(R"-({"type":"basic","username":"ann","password":"(hidden)"})-"));
    QCOMPARE(object.value("tls"_L1),
             objectOf(R"({"ca_certificate":)" + quoted(certificate) + R"(,"client_certificate":)" +
                      quoted(certificate) + R"-(,"client_key":"(hidden)","verify":false})-"));
    const auto bare = toJson(destinationAt(u"http://a"_s));
    for (const auto name : {"signing_secret"_L1, "previous_signing_secret"_L1, "authentication"_L1})
        QVERIFY(bare.value(name).isNull());
    QCOMPARE(bare.value("tls"_L1), objectOf(R"({"ca_certificate":null,"client_certificate":null,)"
                                            R"("client_key":null,"verify":true})"));
}

void CredentialsJsonTest::warnsLoudly()
{
    QCOMPARE(toJson(withSecrets()).value("warnings"_L1),
             (QJsonArray{u"TLS certificates are not verified"_s}));
    Destination destination = destinationAt(u"https://a"_s);
    QCOMPARE(toJson(destination).value("warnings"_L1), QJsonArray());
    destination.credentials.unreadable = u"no key"_s;
    QCOMPARE(toJson(destination).value("warnings"_L1).toArray().size(), 1);
}

void CredentialsJsonTest::whatWasShownMayComeBack()
{
    const Destination stored = withSecrets();
    const auto put = readDestination(u"orders"_s, toJson(stored), &stored);
    QVERIFY2(put.has_value(), qPrintable(pointersOf(put).join(u' ')));
    compare(*put, stored);
    const auto patched = patchDestination(stored, toJson(stored));
    QVERIFY2(patched.has_value(), qPrintable(pointersOf(patched).join(u' ')));
    compare(*patched, stored);
}

void CredentialsJsonTest::marksWithoutAValueAreRefused()
{
    auto pointers = pointersOf(readDestination(u"orders"_s, toJson(withSecrets())));
    pointers.sort();
    const QStringList wanted{u"/authentication/password"_s, u"/headers/X-Api-Key"_s,
                             u"/previous_signing_secret"_s, u"/signing_secret"_s, u"/tls/client_key"_s};
    QCOMPARE(pointers, wanted);
    const Destination bare = destinationAt(u"https://a"_s);
    pointers = pointersOf(readDestination(u"orders"_s, toJson(withSecrets()), &bare));
    pointers.sort();
    QCOMPARE(pointers, wanted);
}

void CredentialsJsonTest::patchesParts()
{
    Destination wanted = withSecrets();
    wanted.credentials.authentication->value = "simsim";
    wanted.tls.verify = true;
    wanted.credentials.signingSecret = older;
    const auto patched =
        patchDestination(withSecrets(), objectOf(R"({"authentication":{"password":"simsim"},)"
                                                 R"("tls":{"verify":null},"signing_secret":)" +
                                                 quoted(older) + "}"));
    QVERIFY2(patched.has_value(), qPrintable(pointersOf(patched).join(u' ')));
    compare(*patched, wanted);
}

void CredentialsJsonTest::anotherAuthenticationBeginsAnew()
{
    const auto patched =
        patchDestination(withSecrets(), objectOf(R"({"authentication":{"type":"bearer","token":"t"}})"));
    QVERIFY2(patched.has_value(), qPrintable(pointersOf(patched).join(u' ')));
    QCOMPARE(headerOf(*patched->credentials.authentication).value, QByteArray("Bearer t"));
    // The password is no token.
    QCOMPARE(pointersOf(patchDestination(
                 withSecrets(), objectOf(R"-({"authentication":{"type":"bearer","token":"(hidden)"}})-"))),
             QStringList{u"/authentication/token"_s});
}

void CredentialsJsonTest::nullRemoves()
{
    const auto patched =
        patchDestination(withSecrets(), objectOf(R"({"signing_secret":null,"previous_signing_secret":null,)"
                                                 R"("authentication":null,"tls":null,"headers":null})"));
    QVERIFY2(patched.has_value(), qPrintable(pointersOf(patched).join(u' ')));
    QVERIFY(patched->credentials.isEmpty());
    QVERIFY(patched->tls == Tls{});
}

void CredentialsJsonTest::refuses_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char* sentence, const QByteArray& field, const QString& pointer) {
        QTest::newRow(sentence) << field << pointer;
    };
    row("a signing secret of another form", R"("signing_secret":"s3cret")", u"/signing_secret"_s);
    row("a signing secret that is a number", R"("signing_secret":1)", u"/signing_secret"_s);
    row("an empty signing secret", R"("signing_secret":"")", u"/signing_secret"_s);
    row("a previous secret alone", R"("previous_signing_secret":)" + quoted(secret),
        u"/previous_signing_secret"_s);
    row("an unknown type", R"("authentication":{"type":"digest"})", u"/authentication/type"_s);
    row("no type", R"("authentication":{"token":"s3cret"})", u"/authentication/type"_s);
    row("no token", R"("authentication":{"type":"bearer"})", u"/authentication/token"_s);
    row("a token with a space", R"("authentication":{"type":"bearer","token":"s3cret x"})",
        u"/authentication/token"_s);
    row("a user with a colon", R"("authentication":{"type":"basic","username":"a:b","password":"s3cret"})",
        u"/authentication/username"_s);
    row("a password with a line end",
        R"("authentication":{"type":"basic","username":"a","password":"s3cret\n"})",
        u"/authentication/password"_s);
    row("no password", R"("authentication":{"type":"basic","username":"a"})", u"/authentication/password"_s);
    row("a header that is Punctual's",
        R"("authentication":{"type":"header","name":"Webhook-Id","value":"s3cret"})",
        u"/authentication/name"_s);
    row("a value with a line end",
        R"("authentication":{"type":"header","name":"X","value":"s3cret\r\nY: 1"})",
        u"/authentication/value"_s);
    row("a part of another type", R"("authentication":{"type":"bearer","token":"s3cret","username":"a"})",
        u"/authentication/username"_s);
    row("a header twice",
        R"("headers":{"authorization":"s3cret"},"authentication":{"type":"bearer","token":"s3cret"})",
        u"/authentication"_s);
    row("an authority that is no PEM", R"("tls":{"ca_certificate":"s3cret"})", u"/tls/ca_certificate"_s);
    row("a client certificate without its key", R"("tls":{"client_certificate":)" + quoted(certificate) + "}",
        u"/tls/client_key"_s);
    row("a key without its certificate", R"("tls":{"client_key":)" + quoted(key) + "}",
        u"/tls/client_certificate"_s);
    row("verify as a text", R"("tls":{"verify":"no"})", u"/tls/verify"_s);
    row("an unknown part of TLS", R"("tls":{"version":"1.3"})", u"/tls/version"_s);
    row("no verification without TLS", R"("url":"http://a","tls":{"verify":false})", u"/tls"_s);
    row("an authority without TLS",
        R"("url":"http://a","tls":{"ca_certificate":)" + quoted(certificate) + "}", u"/tls"_s);
    row("a batch of GETs", R"("method":"GET","batch":{"format":"ndjson"})", u"/batch"_s);
    row("a batch of one", R"("batch":{"format":"ndjson","max_messages":1})", u"/batch/max_messages"_s);
}

void CredentialsJsonTest::refuses()
{
    QFETCH(QByteArray, field);
    QFETCH(QString, pointer);
    auto object = objectOf('{' + field + '}');
    if (!object.contains("url"_L1))
        object.insert("url"_L1, u"https://a"_s);
    const auto read = readDestination(u"orders"_s, object);
    QCOMPARE(pointersOf(read), QStringList{pointer});
    QVERIFY(!read.error().fields.front().detail.contains(u"s3cret"_s));
    QVERIFY(!read.error().detail.contains(u"s3cret"_s));
}

void CredentialsJsonTest::refusesToLoseWhatItCannotRead()
{
    Destination stored = withSecrets();
    stored.credentials = {};
    stored.credentials.unreadable = u"no key"_s;
    const auto patched = patchDestination(stored, objectOf(R"({"timeout_ms":500})"));
    QVERIFY(!patched.has_value());
    QCOMPARE(patched.error().code, ErrorCode::Unsupported);
}

PUNCTUAL_TEST(CredentialsJsonTest)
#include "credentials_json_test.moc"
