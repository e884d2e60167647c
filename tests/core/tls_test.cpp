// SPDX-License-Identifier: GPL-3.0-or-later
// The form of PEM texts.
#include "core/tls.h"
#include "support/test_main.h"

using namespace punctual;

namespace
{

QByteArray block(const QByteArray& label, const QByteArray& base64 = "QUJD")
{
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
}

} // namespace

class TlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checksCertificates_data();
    void checksCertificates();
    void checksKeys_data();
    void checksKeys();
};

void TlsTest::checksCertificates_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<bool>("fine");
    const auto row = [](const char* sentence, const QByteArray& pem, bool fine) {
        QTest::newRow(sentence) << pem << fine;
    };
    row("one", block("CERTIFICATE"), true);
    row("a chain with comments between",
        "# root\n" + block("CERTIFICATE") + "\n# next\n" + block("CERTIFICATE"), true);
    row("line ends of another system", block("CERTIFICATE").replace('\n', "\r\n"), true);
    row("several lines of base64", block("CERTIFICATE", "QUJD\nREVG"), true);
    row("nothing", "", false);
    row("a text", "certificate", false);
    row("a beginning without its end", block("CERTIFICATE").left(40), false);
    row("an end of another label", block("CERTIFICATE").replace("END CERT", "END X"), false);
    row("no base64", block("CERTIFICATE", "!!!!"), false);
    row("nothing inside", block("CERTIFICATE", ""), false);
    row("a key", block("PRIVATE KEY"), false);
    row("a key behind the certificate", block("CERTIFICATE") + block("PRIVATE KEY"), false);
    row("more than 64 KiB", block("CERTIFICATE", QByteArray(66'000, 'A')), false);
}

void TlsTest::checksCertificates()
{
    QFETCH(QByteArray, pem);
    QTEST(!problemOfCertificates(pem).has_value(), "fine");
}

void TlsTest::checksKeys_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<bool>("fine");
    const auto row = [](const char* sentence, const QByteArray& pem, bool fine) {
        QTest::newRow(sentence) << pem << fine;
    };
    row("PKCS #8", block("PRIVATE KEY"), true);
    row("RSA", block("RSA PRIVATE KEY"), true);
    row("a curve's name in front", block("EC PARAMETERS") + block("EC PRIVATE KEY"), true);
    row("encrypted", block("ENCRYPTED PRIVATE KEY"), false);
    row("encrypted in the older form",
        block("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nQUJD"), false);
    row("two", block("PRIVATE KEY") + block("PRIVATE KEY"), false);
    row("a certificate", block("CERTIFICATE"), false);
    row("a text", "key", false);
}

void TlsTest::checksKeys()
{
    QFETCH(QByteArray, pem);
    QTEST(!problemOfPrivateKey(pem).has_value(), "fine");
}

PUNCTUAL_TEST(TlsTest)
#include "tls_test.moc"
