// SPDX-License-Identifier: GPL-3.0-or-later
// Where lateness comes from and how it is counted.
#include "core/lateness.h"
#include "support/factories.h"
#include "support/test_main.h"

#include <QSet>

#include <numeric>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class LatenessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partsAddUpToTheLateness();
    void timeBeforeItWasDueIsNoLateness();
    void aStageMayBePassedTwice();
    void countsByUpperBounds_data();
    void countsByUpperBounds();
    void boundsGrow();
    void everyPartHasAWord();
};

namespace
{

Duration part(const Journey& journey, LatenessPart which)
{
    return journey.parts()[static_cast<std::size_t>(which)];
}

Duration sum(const Journey& journey)
{
    return std::accumulate(journey.parts().begin(), journey.parts().end(), Duration{});
}

} // namespace

void LatenessTest::partsAddUpToTheLateness()
{
    Journey journey(at());
    journey.reach(LatenessPart::Prefetch, at(1ms));
    journey.reach(LatenessPart::Bucket, at(3ms));
    journey.reach(LatenessPart::Claim, at(3ms)); // took no time
    journey.reach(LatenessPart::Connection, at(10ms));
    QCOMPARE(part(journey, LatenessPart::Prefetch), Duration(1ms));
    QCOMPARE(part(journey, LatenessPart::Bucket), Duration(2ms));
    QCOMPARE(part(journey, LatenessPart::Slot), Duration(0));
    QCOMPARE(part(journey, LatenessPart::Claim), Duration(0));
    QCOMPARE(part(journey, LatenessPart::Connection), Duration(7ms));
    QCOMPARE(sum(journey), Duration(10ms));
}

void LatenessTest::timeBeforeItWasDueIsNoLateness()
{
    Journey journey(at());
    journey.reach(LatenessPart::Prefetch, at(-5s));
    journey.reach(LatenessPart::Claim, at(-1ms));
    journey.reach(LatenessPart::Bucket, at(200us));
    journey.reach(LatenessPart::Connection, at(100us)); // never backwards
    QCOMPARE(part(journey, LatenessPart::Bucket), Duration(200us));
    QCOMPARE(sum(journey), Duration(200us));
}

void LatenessTest::aStageMayBePassedTwice()
{
    Journey journey(at());
    journey.reach(LatenessPart::Slot, at(2ms));
    journey.reach(LatenessPart::Claim, at(3ms));
    journey.reach(LatenessPart::Slot, at(7ms));
    QCOMPARE(part(journey, LatenessPart::Slot), Duration(6ms));
    QCOMPARE(sum(journey), Duration(7ms));
}

void LatenessTest::countsByUpperBounds_data()
{
    QTest::addColumn<qint64>("lateness");
    QTest::addColumn<int>("step");
    const auto last = static_cast<int>(LatenessHistogram::bounds.size());
    QTest::newRow("nothing") << qint64(0) << 0;
    QTest::newRow("a bound belongs to its step") << qint64(250) << 0;
    QTest::newRow("just over a bound") << qint64(251) << 1;
    QTest::newRow("the last bound") << LatenessHistogram::bounds.back() << last - 1;
    QTest::newRow("beyond it") << LatenessHistogram::bounds.back() + 1 << last;
}

void LatenessTest::countsByUpperBounds()
{
    QFETCH(const qint64, lateness);
    QFETCH(const int, step);
    LatenessHistogram histogram;
    histogram.add(Duration(lateness));
    LatenessHistogram::Counts expected{};
    expected[static_cast<std::size_t>(step)] = 1;
    QVERIFY(histogram.counts() == expected);
    histogram.add(expected);
    expected[static_cast<std::size_t>(step)] = 2;
    QVERIFY(histogram.counts() == expected);
}

void LatenessTest::boundsGrow()
{
    QVERIFY(std::is_sorted(LatenessHistogram::bounds.begin(), LatenessHistogram::bounds.end(),
                           std::less_equal<>()));
}

void LatenessTest::everyPartHasAWord()
{
    QSet<QString> words;
    for (const auto which : allLatenessParts)
        words.insert(toText(which));
    QCOMPARE(static_cast<std::size_t>(words.size()), allLatenessParts.size());
    QVERIFY(!words.contains(QString()));
}

PUNCTUAL_TEST(LatenessTest)
#include "lateness_test.moc"
