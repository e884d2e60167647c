// SPDX-License-Identifier: GPL-3.0-or-later
// How often an address may show tokens that nobody knows: the rule by itself, and what callers see of it.
#include "api/address_limiter.h"
#include "api_fixture.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::api;
using namespace std::chrono_literals;
using punctual::test::ApiFixture;

namespace
{

const Instant start{1000s};

int takeAll(AddressLimiter& limiter, const QString& address, Instant now)
{
    int taken = 0;
    while (limiter.take(address, now))
        ++taken;
    return taken;
}

} // namespace

class AddressLimiterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsASecondsWorthThrough();
    void countsAddressesApart_data();
    void countsAddressesApart();
    void remembersABoundedNumber();
    void aKnownTokenIsHeardAmongThem();
};

void AddressLimiterTest::letsASecondsWorthThrough()
{
    AddressLimiter limiter(10);
    const int taken = takeAll(limiter, QStringLiteral("192.0.2.1"), start);
    QVERIFY2(taken >= 9 && taken <= 10, qPrintable(QString::number(taken)));
    QCOMPARE(takeAll(limiter, QStringLiteral("192.0.2.1"), start + 110ms), 1);
    QVERIFY(takeAll(limiter, QStringLiteral("192.0.2.1"), start + 2s) >= 9);
}

void AddressLimiterTest::countsAddressesApart_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("apart");
    const auto row = [](const char* sentence, const char* one, const char* other, bool apart) {
        QTest::newRow(sentence) << QString::fromLatin1(one) << QString::fromLatin1(other) << apart;
    };
    row("another machine", "192.0.2.1", "192.0.2.2", true);
    row("another address of one network", "2001:db8::1", "2001:db8::ffff:1", false);
    row("another network", "2001:db8::1", "2001:db8:0:1::1", true);
    row("a Unix socket", "", "192.0.2.1", true);
}

void AddressLimiterTest::countsAddressesApart()
{
    QFETCH(const QString, one);
    QFETCH(const QString, other);
    QFETCH(const bool, apart);
    AddressLimiter limiter(10);
    (void)takeAll(limiter, one, start);
    QCOMPARE(limiter.take(other, start), apart);
}

void AddressLimiterTest::remembersABoundedNumber()
{
    AddressLimiter limiter(10, 3);
    const auto address = [](int number) { return QStringLiteral("192.0.2.%1").arg(number); };
    for (int i = 1; i <= 3; ++i)
        QVERIFY(limiter.take(address(i), start));
    (void)takeAll(limiter, address(4), start); // these are counted as one
    QVERIFY(!limiter.take(address(5), start));
    QVERIFY(limiter.take(address(3), start));      // which leaves those alone that were there
    QVERIFY(limiter.take(address(6), start + 1s)); // by then the others are forgotten
}

void AddressLimiterTest::aKnownTokenIsHeardAmongThem()
{
    ServerOptions options;
    options.strangersPerSecond = 2;
    ApiFixture fixture(options);
    const QString path = QStringLiteral("/v1/nodes");
    QCOMPARE(fixture.call("GET", path).status, 200);
    fixture.useToken("nobody's");
    test::Reply refused;
    for (int i = 0; i < 100 && refused.status != 429; ++i) {
        refused = fixture.call("GET", path);
        QVERIFY(refused.status == 401 || refused.status == 429);
    }
    QCOMPARE(refused.status, 429);
    QVERIFY(!refused.header("retry-after").isEmpty());
    fixture.actAs(Role::Admin);
    QCOMPARE(fixture.call("GET", path).status, 200);
}

PUNCTUAL_TEST(AddressLimiterTest)
#include "address_limiter_test.moc"
