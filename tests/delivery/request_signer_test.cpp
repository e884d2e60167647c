// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures as in Standard Webhooks.
#include "delivery/request_signer.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;
using delivery::RequestSigner;

namespace
{

// The example of the reference libraries of Standard Webhooks.
const QByteArray published("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
const QByteArray id("msg_p5jXN8AQM9LWM0D4loKWxJek");
const QByteArray timestamp("1614265330");
const QByteArray body(R"({"test": 2432232314})");
const QByteArray signature("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

Credentials credentialsWith(const QByteArray& current, const QByteArray& previous = {})
{
    Credentials credentials;
    credentials.signingSecret = current;
    credentials.previousSigningSecret = previous;
    return credentials;
}

} // namespace

class RequestSignerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsThePublishedExample();
    void signsWithBothSecrets();
    void signsNothingWithoutASecret();
    void writesSeconds();
};

void RequestSignerTest::signsThePublishedExample()
{
    const RequestSigner signer(credentialsWith(published));
    QVERIFY(signer.signs());
    QCOMPARE(signer.signature(id, timestamp, body), signature);
    QCOMPARE(signer.signature(id, timestamp, body), signature); // the second is not changed by the first
    QVERIFY(signer.signature(id, timestamp, body + ' ') != signature);
    QVERIFY(signer.signature(id, "1614265331", body) != signature);
}

void RequestSignerTest::signsWithBothSecrets()
{
    const QByteArray other = "whsec_" + QByteArray(32, 'o').toBase64();
    const QByteArray alone = RequestSigner(credentialsWith(other)).signature(id, timestamp, body);
    QVERIFY(alone.startsWith("v1,") && alone != signature);
    QCOMPARE(RequestSigner(credentialsWith(other, published)).signature(id, timestamp, body),
             alone + ' ' + signature);
}

void RequestSignerTest::signsNothingWithoutASecret()
{
    QVERIFY(!RequestSigner().signs());
    QVERIFY(!RequestSigner(Credentials{}).signs());
}

void RequestSignerTest::writesSeconds()
{
    QCOMPARE(RequestSigner::timestamp(Instant(1614265330s + 999ms)), timestamp);
    QCOMPARE(RequestSigner::timestamp(Instant(7s)), QByteArray("0000000007"));
}

PUNCTUAL_TEST(RequestSignerTest)
#include "request_signer_test.moc"
