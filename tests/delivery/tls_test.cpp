// SPDX-License-Identifier: GPL-3.0-or-later
// HTTPS at a real receiver: who is trusted, who is let in, and which connections are used again.
#include "delivery/deliverer_fixture.h"
#include "support/receiver.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace Qt::StringLiterals;

using Ending = Exchange::Ending;

class TlsDeliveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trustsItsOwnAuthority();
    void refusesWhatAnotherAuthorityHasSigned();
    void trustsTheSystemsAuthoritiesOnlyByDefault();
    void refusesAnotherHost();
    void verifiesNothingWhenToldSo();
    void anOpenConnectionIsNotForThoseWhoVerify();
    void showsItsCertificate();
    void staysOutsideWithoutACertificate();
    void anOpenConnectionIsOnlyForItsKey();
    void unusablePemIsNotSent_data();
    void unusablePemIsNotSent();
    void nothingStaysOnAHandle();

private:
    [[nodiscard]] Destination trusting(const Receiver& receiver, const TestAuthority& authority) const
    {
        auto destination = destinationAt(receiver.url());
        destination.tls.caCertificate = authority.certificate();
        return destination;
    }
    [[nodiscard]] static Destination showing(Destination destination, const Identity& identity)
    {
        destination.tls.clientCertificate = identity.certificate;
        destination.credentials.clientKey = identity.key;
        return destination;
    }
    [[nodiscard]] Exchange deliverTo(const Destination& destination)
    {
        return m_fixture.deliverTo(destination);
    }

    TestAuthority m_authority;
    TestAuthority m_other;
    Identity m_server = m_authority.issue();
    DelivererFixture m_fixture;
};

void TlsDeliveryTest::trustsItsOwnAuthority()
{
    Receiver receiver(ReceiverTls{m_server});
    for (int i = 0; i < 3; ++i) {
        const auto exchange = deliverTo(trusting(receiver, m_authority));
        QVERIFY2(exchange.ending == Ending::Answered, qPrintable(exchange.error));
        QCOMPARE(exchange.status, 200);
    }
    QCOMPARE(receiver.connections(), std::size_t(1));
    QCOMPARE(receiver.requests().back().body, QByteArray("{\"order\":7}"));
}

void TlsDeliveryTest::refusesWhatAnotherAuthorityHasSigned()
{
    Receiver receiver(ReceiverTls{m_server});
    QCOMPARE(deliverTo(trusting(receiver, m_authority)).status, 200); // leaves an open connection
    const auto exchange = deliverTo(trusting(receiver, m_other));
    QCOMPARE(exchange.ending, Ending::NotSent);
    QVERIFY(!exchange.error.isEmpty());
    QCOMPARE(receiver.count(), std::size_t(1));
}

void TlsDeliveryTest::trustsTheSystemsAuthoritiesOnlyByDefault()
{
    Receiver receiver(ReceiverTls{m_server});
    QCOMPARE(deliverTo(destinationAt(receiver.url())).ending, Ending::NotSent);
    QCOMPARE(receiver.count(), std::size_t(0));
}

void TlsDeliveryTest::refusesAnotherHost()
{
    Receiver receiver(ReceiverTls{m_server});
    auto destination = trusting(receiver, m_authority);
    destination.url.replace(u"127.0.0.1"_s, u"localhost"_s); // the certificate is for the address
    QCOMPARE(deliverTo(destination).ending, Ending::NotSent);
    QCOMPARE(receiver.count(), std::size_t(0));
}

void TlsDeliveryTest::verifiesNothingWhenToldSo()
{
    Receiver receiver(ReceiverTls{m_server});
    auto destination = destinationAt(receiver.url());
    destination.tls.verify = false;
    QCOMPARE(deliverTo(destination).status, 200);
    destination.url.replace(u"127.0.0.1"_s, u"localhost"_s);
    QCOMPARE(deliverTo(destination).status, 200);
}

void TlsDeliveryTest::anOpenConnectionIsNotForThoseWhoVerify()
{
    Receiver receiver(ReceiverTls{m_server});
    auto careless = destinationAt(receiver.url());
    careless.tls.verify = false;
    QCOMPARE(deliverTo(careless).status, 200);
    QCOMPARE(deliverTo(destinationAt(receiver.url())).ending, Ending::NotSent);
    QCOMPARE(deliverTo(trusting(receiver, m_authority)).status, 200);
    QCOMPARE(receiver.count(), std::size_t(2));
}

void TlsDeliveryTest::showsItsCertificate()
{
    Receiver receiver(ReceiverTls{m_server, m_authority.certificate()});
    const auto destination = showing(trusting(receiver, m_authority), m_authority.issue());
    for (int i = 0; i < 2; ++i) {
        const auto exchange = deliverTo(destination);
        QVERIFY2(exchange.ending == Ending::Answered, qPrintable(exchange.error));
    }
    QCOMPARE(receiver.connections(), std::size_t(1));
}

void TlsDeliveryTest::staysOutsideWithoutACertificate()
{
    Receiver receiver(ReceiverTls{m_server, m_authority.certificate()});
    const auto destination = trusting(receiver, m_authority);
    QCOMPARE(deliverTo(showing(destination, m_authority.issue())).status, 200);
    // In TLS 1.3 the client may send before it learns that it is refused.
    QVERIFY(deliverTo(destination).ending != Ending::Answered);
    QVERIFY(deliverTo(showing(destination, m_other.issue())).ending != Ending::Answered);
    QCOMPARE(receiver.count(), std::size_t(1));
}

void TlsDeliveryTest::anOpenConnectionIsOnlyForItsKey()
{
    Receiver receiver(ReceiverTls{m_server, m_authority.certificate()});
    const Identity ours = m_authority.issue();
    const auto destination = trusting(receiver, m_authority);
    QCOMPARE(deliverTo(showing(destination, ours)).status, 200);
    // A certificate is public: whoever has it and not its key gets nowhere.
    const Identity thief{ours.certificate, m_authority.issue().key};
    QCOMPARE(deliverTo(showing(destination, thief)).ending, Ending::NotSent);
    QCOMPARE(deliverTo(showing(destination, m_authority.issue())).status, 200);
    QCOMPARE(receiver.count(), std::size_t(2));
    QCOMPARE(receiver.connections(), std::size_t(3));
}

void TlsDeliveryTest::unusablePemIsNotSent_data()
{
    QTest::addColumn<bool>("authority");
    QTest::newRow("an authority") << true;
    QTest::newRow("a client certificate") << false;
}

void TlsDeliveryTest::unusablePemIsNotSent()
{
    QFETCH(bool, authority);
    const QByteArray certificate = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n";
    const QByteArray key = "-----BEGIN PRIVATE KEY-----\nczNjcmV0\n-----END PRIVATE KEY-----\n";
    Receiver receiver(ReceiverTls{m_server});
    auto destination = trusting(receiver, m_authority);
    if (authority)
        destination.tls.caCertificate = certificate;
    else
        destination = showing(destination, {certificate, key});
    const auto exchange = deliverTo(destination);
    QCOMPARE(exchange.ending, Ending::NotSent);
    QVERIFY(!exchange.error.isEmpty());
    QVERIFY(!exchange.error.contains(u"czNjcmV0"_s));
    QCOMPARE(receiver.count(), std::size_t(0));
}

void TlsDeliveryTest::nothingStaysOnAHandle()
{
    Receiver secure(ReceiverTls{m_server, m_authority.certificate()});
    Receiver strict(ReceiverTls{m_server});
    Receiver plain;
    auto special = showing(trusting(secure, m_authority), m_authority.issue());
    special.tls.verify = false;
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(deliverTo(special).status, 200);
        QCOMPARE(deliverTo(destinationAt(plain.url())).status, 200);
        QCOMPARE(deliverTo(destinationAt(strict.url())).ending, Ending::NotSent);
        QCOMPARE(deliverTo(trusting(strict, m_authority)).status, 200);
    }
}

PUNCTUAL_TEST(TlsDeliveryTest)
#include "tls_test.moc"
