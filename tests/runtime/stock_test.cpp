// SPDX-License-Identifier: GPL-3.0-or-later
// How those who wait share a node's memory.
#include "runtime/stock.h"
#include "support/test_main.h"

using namespace punctual::runtime;

class StockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shares_data();
    void shares();
    void isBusyUntilItIsKnownNotToBe();
};

void StockTest::shares_data()
{
    QTest::addColumn<int>("busy");
    QTest::addColumn<int>("idle");
    QTest::addColumn<int>("room");
    QTest::newRow("one destination") << 1 << 2 << Stock::mostRoom;
    QTest::newRow("a busy one among many") << 1 << 899 << Stock::mostRoom;
    QTest::newRow("many busy ones") << 900 << 0 << 133;
    QTest::newRow("half of many") << 450 << 450 << 202;
    QTest::newRow("more than there is room for") << 3000 << 3000 << Stock::leastRoom;
}

void StockTest::shares()
{
    QFETCH(const int, busy);
    QFETCH(const int, idle);
    QTEST(Stock::roomOfABusyOne(busy, idle), "room");
}

void StockTest::isBusyUntilItIsKnownNotToBe()
{
    Stock stock;
    QVERIFY(stock.isBusy());
    stock.found = 0;
    QVERIFY(!stock.isBusy());
    stock.found = Stock::leastRoom;
    QVERIFY(stock.isBusy());
}

PUNCTUAL_TEST(StockTest)
#include "stock_test.moc"
