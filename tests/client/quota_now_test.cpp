// SPDX-License-Identifier: GPL-3.0-or-later
// How a quota stands, out of what the database says of a lane.
#include "client/quota_now.h"
#include "support/factories.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class QuotaNowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isNothingWithoutAQuota();
    void saysWhetherItLasts_data();
    void saysWhetherItLasts();
    void forgetsAPeriodThatIsOver();
};

namespace
{

/// at() is 9 o'clock, so 15 hours of the day are left.
Destination withQuota(qint64 used)
{
    Destination destination = destinationAt(QStringLiteral("http://a.example"));
    destination.quota = Quota{1000, QuotaPeriod::Day, QByteArrayLiteral("UTC")};
    destination.lane.quotaUsed = used;
    destination.lane.quotaResetsAt = at(15h);
    return destination;
}

} // namespace

void QuotaNowTest::isNothingWithoutAQuota()
{
    QVERIFY(!quotaNow(destinationAt(QStringLiteral("http://a.example")), at()));
}

void QuotaNowTest::saysWhetherItLasts_data()
{
    QTest::addColumn<qint64>("used");
    QTest::addColumn<qint64>("hoursLeft"); // -1: it lasts
    QTest::newRow("nothing is used") << qint64(0) << qint64(-1);
    QTest::newRow("slowly enough") << qint64(375) << qint64(-1);
    QTest::newRow("three quarters in nine hours") << qint64(750) << qint64(3);
    QTest::newRow("all of it") << qint64(1000) << qint64(0);
}

void QuotaNowTest::saysWhetherItLasts()
{
    QFETCH(qint64, used);
    QFETCH(qint64, hoursLeft);
    const auto quota = quotaNow(withQuota(used), at());
    QVERIFY(quota);
    QCOMPARE(quota->limit, 1000);
    QCOMPARE(quota->used, used);
    QVERIFY(quota->resetsAt == at(15h));
    QCOMPARE(quota->runsOutAt.has_value(), hoursLeft >= 0);
    if (quota->runsOutAt)
        QVERIFY(std::chrono::abs(*quota->runsOutAt - at(std::chrono::hours(hoursLeft))) < 1s);
}

void QuotaNowTest::forgetsAPeriodThatIsOver()
{
    Destination destination = withQuota(1000);
    destination.lane.quotaResetsAt = at(-1h);
    const auto quota = quotaNow(destination, at());
    QCOMPARE(quota->used, 0);
    QVERIFY(quota->resetsAt == at(15h));
    QVERIFY(!quota->runsOutAt);
}

PUNCTUAL_TEST(QuotaNowTest)
#include "quota_now_test.moc"
