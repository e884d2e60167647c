// SPDX-License-Identifier: GPL-3.0-or-later
// Header fields that users may give.
#include "core/header.h"
#include "support/test_main.h"

using namespace punctual;
using namespace Qt::StringLiterals;

class HeaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checksHeaders_data();
    void checksHeaders();
    void knowsCredentials_data();
    void knowsCredentials();
    void hidesCredentials();
};

void HeaderTest::checksHeaders_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("fine");
    const auto row = [](const char* sentence, const QByteArray& name, const QString& value, bool fine) {
        QTest::newRow(sentence) << name << value << fine;
    };
    row("an ordinary header", "X-Campaign", u"xmas"_s, true);
    row("an empty value", "X-Empty", u""_s, true);
    row("spaces and tabs inside", "X-A", u"a b\tc"_s, true);
    row("Latin-1", "X-A", u"grün"_s, true);
    row("all marks of a token", "!#$%&'*+-.^_`|~09azAZ", u"a"_s, true);
    row("authorisation is the user's", "Authorization", u"Bearer x"_s, true);
    row("no name", "", u"a"_s, false);
    row("a space in the name", "X A", u"a"_s, false);
    row("a colon in the name", "X:A", u"a"_s, false);
    row("a line end in the name", "X\r\nHost", u"a"_s, false);
    row("a letter beyond ASCII in the name", QByteArray("X-\xC3\xBC"), u"a"_s, false);
    row("a line end in the value", "X-A", u"a\r\nHost: b"_s, false);
    row("a NUL in the value", "X-A", u"a\0b"_s, false);
    row("a delete in the value", "X-A", u"a\x7F"_s, false);
    row("a letter beyond Latin-1", "X-A", u"€"_s, false);
    row("a space in front", "X-A", u" a"_s, false);
    row("a space behind", "X-A", u"a "_s, false);
    row("the placeholder of a credential", "X-A", u"(hidden)"_s, false);
    row("the host is HTTP's", "HOST", u"a"_s, false);
    row("the length is HTTP's", "Content-Length", u"1"_s, false);
    row("the encoding is HTTP's", "transfer-encoding", u"chunked"_s, false);
    row("the connection is HTTP's", "Connection", u"close"_s, false);
    row("the content type has a field of its own", "Content-Type", u"text/plain"_s, false);
    row("the idempotency key is Punctual's", "idempotency-key", u"1"_s, false);
    row("Punctual's own names", "Punctual-Anything", u"1"_s, false);
    row("the names of signatures", "Webhook-Signature", u"1"_s, false);
}

void HeaderTest::checksHeaders()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, value);
    QTEST(!problemOfHeader(name, value).has_value(), "fine");
}

void HeaderTest::knowsCredentials_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("secret");
    QTest::newRow("authorisation") << QByteArray("AUTHORIZATION") << true;
    QTest::newRow("proxy authorisation") << QByteArray("Proxy-Authorization") << true;
    QTest::newRow("an API key") << QByteArray("X-Api-Key") << true;
    QTest::newRow("a token") << QByteArray("X-Auth-Token") << true;
    QTest::newRow("a cookie") << QByteArray("Cookie") << true;
    QTest::newRow("a signature") << QByteArray("X-Hub-Signature-256") << true;
    QTest::newRow("a campaign is none") << QByteArray("X-Campaign") << false;
    QTest::newRow("a language is none") << QByteArray("Accept-Language") << false;
}

void HeaderTest::knowsCredentials()
{
    QFETCH(QByteArray, name);
    QTEST(isSecretHeader(name), "secret");
}

void HeaderTest::hidesCredentials()
{
    const auto object = toJson({{"X-Campaign", "gr\xFCn"}, {"Authorization", "Bearer abc"}});
    QCOMPARE(object, (QJsonObject{{u"X-Campaign"_s, u"grün"_s}, {u"Authorization"_s, u"(hidden)"_s}}));
}

PUNCTUAL_TEST(HeaderTest)

#include "header_test.moc"
