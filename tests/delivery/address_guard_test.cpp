// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses count as private.
#include "delivery/address_guard.h"
#include "support/test_main.h"

#include <arpa/inet.h>
#include <sys/un.h>

using namespace punctual;

class AddressGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesAddresses_data();
    void judgesAddresses();
    void whatIsNotIpIsPrivate();
};

void AddressGuardTest::judgesAddresses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isPrivate");
    for (const auto* text : {"0.0.0.0",
                             "10.0.0.1",
                             "10.255.255.255",
                             "100.64.0.1",
                             "100.127.255.255",
                             "127.0.0.1",
                             "127.255.0.1",
                             "169.254.169.254",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.0.0.8",
                             "192.168.1.1",
                             "198.18.0.1",
                             "224.0.0.1",
                             "240.0.0.1",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "fe80::1",
                             "fc00::1",
                             "fd12::1",
                             "ff02::1",
                             "::ffff:127.0.0.1",
                             "::ffff:10.1.2.3",
                             "64:ff9b::a9fe:a9fe",
                             "2002:7f00:1::",
                             "2001:0:1::1",
                             "2001:db8::1"})
        QTest::newRow(text) << QByteArray(text) << true;
    for (const auto* text :
         {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
          "128.0.0.1", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "223.255.255.255",
          "2606:4700::1111", "2a00::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"})
        QTest::newRow(text) << QByteArray(text) << false;
}

void AddressGuardTest::judgesAddresses()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isPrivate);
    sockaddr_storage storage{};
    auto& four = reinterpret_cast<sockaddr_in&>(storage);
    auto& six = reinterpret_cast<sockaddr_in6&>(storage);
    if (inet_pton(AF_INET, text.constData(), &four.sin_addr) == 1)
        storage.ss_family = AF_INET;
    else if (inet_pton(AF_INET6, text.constData(), &six.sin6_addr) == 1)
        storage.ss_family = AF_INET6;
    QVERIFY(storage.ss_family != 0);
    QCOMPARE(delivery::isPrivateAddress(reinterpret_cast<const sockaddr&>(storage)), isPrivate);
}

void AddressGuardTest::whatIsNotIpIsPrivate()
{
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    QVERIFY(delivery::isPrivateAddress(reinterpret_cast<const sockaddr&>(local)));
}

PUNCTUAL_TEST(AddressGuardTest)
#include "address_guard_test.moc"
