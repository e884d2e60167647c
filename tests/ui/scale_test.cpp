// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_main.h"
#include "ui/charts/scale.h"
#include "ui/charts/series_color.h"

#include <QPalette>

#include <cmath>

namespace punctual::ui
{

using namespace std::chrono_literals;

class ScaleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isRound_data()
    {
        QTest::addColumn<double>("most");
        QTest::addColumn<double>("expected");
        QTest::addColumn<int>("decimals");
        QTest::newRow("nothing") << 0.0 << 0.001 << 5;
        QTest::newRow("less than one") << 0.3 << 0.4 << 1;
        QTest::newRow("a few") << 3.0 << 4.0 << 0;
        QTest::newRow("exactly a step") << 4.0 << 4.0 << 0;
        QTest::newRow("between steps") << 9.0 << 10.0 << 1;
        QTest::newRow("a thousand") << 998.0 << 1000.0 << 0;
        QTest::newRow("a million and a bit") << 1'000'001.0 << 2'000'000.0 << 0;
    }

    void isRound()
    {
        QFETCH(const double, most);
        QFETCH(const double, expected);
        QFETCH(const int, decimals);
        const Scale scale = scaleFor(most);
        QCOMPARE(scale.most, expected);
        if (most > 0)
            QCOMPARE(scale.decimals, decimals);
    }

    void ticksStandAtRoundTimes_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char* name, Duration span, const char* zone, const QStringList& texts) {
            QTest::newRow(name) << qint64(span / 1s) << QByteArray(zone) << texts;
        };
        row("five minutes", 5min, "UTC",
            {QStringLiteral("09:01"), QStringLiteral("09:02"), QStringLiteral("09:03"),
             QStringLiteral("09:04"), QStringLiteral("09:05")});
        row("a day in Kathmandu, a quarter past the hour", 24h, "Asia/Kathmandu",
            {QStringLiteral("16:00"), QStringLiteral("20:00"), QStringLiteral("00:00"),
             QStringLiteral("04:00"), QStringLiteral("08:00"), QStringLiteral("12:00")});
        row("a week", 24h * 7, "Europe/Berlin",
            {QStringLiteral("2 Dec"), QStringLiteral("3 Dec"), QStringLiteral("4 Dec"),
             QStringLiteral("5 Dec"), QStringLiteral("6 Dec"), QStringLiteral("7 Dec"),
             QStringLiteral("8 Dec")});
    }

    void ticksStandAtRoundTimes()
    {
        QFETCH(const qint64, seconds);
        QFETCH(const QByteArray, zone);
        QFETCH(const QStringList, expected);
        const Instant from = parseRfc3339(QStringLiteral("2026-12-01T09:00:30Z")).value();
        QStringList texts;
        for (const auto& tick : timeTicks(from, from + std::chrono::seconds(seconds), QTimeZone(zone)))
            texts << tick.text;
        QCOMPARE(texts, expected);
    }

    void ticksFollowTheClockOverAChange()
    {
        // The clocks of Berlin are put back at 01:00 UTC; midnights are 25 hours apart.
        const Instant from = parseRfc3339(QStringLiteral("2026-10-24T12:00:00Z")).value();
        const auto ticks = timeTicks(from, from + 24h * 5, QTimeZone("Europe/Berlin"));
        QVERIFY(ticks.size() >= 3);
        QCOMPARE(toRfc3339(ticks[0].at), QStringLiteral("2026-10-24T22:00:00.000Z"));
        QCOMPARE(toRfc3339(ticks[1].at), QStringLiteral("2026-10-25T23:00:00.000Z"));
    }

    void linesStandOutFromTheirGround_data()
    {
        QTest::addColumn<QColor>("base");
        QTest::newRow("white") << QColor(Qt::white);
        QTest::newRow("a dark base") << QColor(0x1e, 0x1e, 0x1e);
        QTest::newRow("black") << QColor(Qt::black);
    }

    void linesStandOutFromTheirGround()
    {
        QFETCH(const QColor, base);
        QPalette palette(base, base);
        palette.setColor(QPalette::Base, base);
        for (const auto color : {SeriesColor::Blue, SeriesColor::Vermilion, SeriesColor::Green,
                                 SeriesColor::Ochre, SeriesColor::Purple, SeriesColor::Grey}) {
            const double a = luminance(seriesColor(color, palette)) + 0.05;
            const double b = luminance(base) + 0.05;
            QVERIFY2(std::max(a, b) / std::min(a, b) >= 3, qPrintable(seriesColor(color, palette).name()));
        }
    }

private:
    /// Relative luminance as WCAG 2.1 defines it.
    static double luminance(const QColor& color)
    {
        const auto linear = [](double c) {
            return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
               0.0722 * linear(color.blueF());
    }
};

} // namespace punctual::ui

using punctual::ui::ScaleTest;
PUNCTUAL_TEST(ScaleTest)

#include "scale_test.moc"
