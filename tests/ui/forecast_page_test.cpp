// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "ui/forecast/delay_band.h"
#include "ui/forecast/delay_legend.h"
#include "ui/forecast/forecast_page.h"
#include "ui/forecast/heat_map.h"
#include "ui/operations/bulk_dialog.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>

namespace punctual::ui
{

using namespace std::chrono_literals;

class ForecastPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        auto destination = test::destinationAt(QStringLiteral("http://127.0.0.1:9/"));
        destination.rateLimit = RateLimit{RateAlgorithm::TokenBucket, 1, 1h, 1}; // one an hour
        const auto put = test::await<client::PutDestination>([&](QObject* context, auto answer) {
            m_fixture->client.put(m_fixture->workspace.actor, destination, context, answer);
        });
        QVERIFY(put);
        m_page = std::make_unique<ForecastPage>(m_fixture->workspace);
        m_page->resize(1200, 760);
        m_map = m_page->findChild<HeatMap*>();
    }

    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void showsTenDaysByHour()
    {
        const QAbstractItemModelTester tester(m_map->model());
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(m_map->model()->columnCount(), 240, 30'000);
        QCOMPARE(rowOf(QStringLiteral("orders")) >= 0, true);
        auto* range = test::named<QComboBox>(*m_page, QStringLiteral("Range of the forecast"));
        range->setCurrentIndex(2);
        QTRY_COMPARE_WITH_TIMEOUT(m_map->model()->columnCount(), 24, 30'000);
    }

    void walksCellsByKeyboardAndReadsThemOut()
    {
        addMessages(3);
        show();
        m_map->setFocus();
        m_map->setCurrentIndex(cell(0));
        QVERIFY(reading().contains(QStringLiteral("0 due")));
        QVERIFY(anyLabelSays(QStringLiteral("Nothing is due in this hour.")));
        QTest::keyClick(m_map, Qt::Key_Right);
        QTest::keyClick(m_map, Qt::Key_Right);
        QVERIFY2(reading().contains(QStringLiteral("orders")), qPrintable(reading()));
        QVERIFY2(reading().contains(QStringLiteral("3 due, 1 allowed, 2 left over at its end")),
                 qPrintable(reading()));
        QVERIFY2(reading().contains(QStringLiteral("delayed by up to 2 h")), qPrintable(reading()));
        QCOMPARE(m_map->currentIndex().data(Qt::AccessibleTextRole).toString(), reading());
        QCOMPARE(m_map->currentIndex().data(Qt::ToolTipRole).toString(), reading());
        const auto* table = test::named<QTableView>(*m_page, QStringLiteral("Messages of the hour"));
        const QAbstractItemModelTester tester(table->model());
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 3, 30'000);
    }

    void opensTheMessagesOfACell()
    {
        addMessages(1);
        show();
        QTest::mouseClick(m_map->viewport(), Qt::LeftButton, {}, m_map->visualRect(cell(2)).center());
        QCOMPARE(m_map->currentIndex(), cell(2));
        QSignalSpy requested(m_page.get(), &ForecastPage::messagesRequested);
        QTest::mouseClick(test::button<QPushButton>(*m_page, QStringLiteral("Show these messages")),
                          Qt::LeftButton);
        QCOMPARE(requested.count(), 1);
        const auto filter = requested.at(0).at(0).value<MessageFilter>();
        QCOMPARE(filter.destination, QStringLiteral("orders"));
        QCOMPARE(*filter.dueBefore - *filter.dueAfter, Duration(1h));
        QVERIFY(*filter.dueAfter <= m_due && m_due < *filter.dueBefore);
    }

    void spreadsTheMessagesOfACell()
    {
        addMessages(3);
        show();
        m_map->setCurrentIndex(cell(2));
        QTest::mouseClick(test::button<QPushButton>(*m_page, QStringLiteral("Spread them…")), Qt::LeftButton);
        auto* dialog = m_page->findChild<BulkDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(test::named<QLineEdit>(*dialog, QStringLiteral("Spread over"))->text(),
                 QStringLiteral("3h")); // as long as the destination takes for three
        QTRY_VERIFY_WITH_TIMEOUT(
            test::button<QPushButton>(*dialog, QStringLiteral("Reschedule 3 message(s)")) != nullptr, 30'000);
        QTest::mouseClick(test::button<QPushButton>(*dialog, QStringLiteral("Reschedule 3 message(s)")),
                          Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_fixture->database
                .value(QStringLiteral("SELECT options ->> 'spread_ms' FROM punctual.operations"))
                .toLongLong(),
            3 * 3'600'000LL, 30'000);
        dialog->close();
    }

    void keepsTheCellWhenTheFiguresAreNew()
    {
        addMessages(1);
        show();
        m_map->setCurrentIndex(cell(2));
        addMessages(4);
        m_page->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(reading().contains(QStringLiteral("5 due")), 30'000);
        QCOMPARE(m_map->currentIndex(), cell(2));
    }

    void tellsDelaysApart_data()
    {
        QTest::addColumn<Duration>("delay");
        QTest::addColumn<DelayBand>("band");
        QTest::newRow("no delay") << Duration() << DelayBand::OnTime;
        QTest::newRow("under a second is on time") << Duration(999ms) << DelayBand::OnTime;
        QTest::newRow("a second") << Duration(1s) << DelayBand::UnderMinute;
        QTest::newRow("a minute") << Duration(1min) << DelayBand::UnderTenMinutes;
        QTest::newRow("ten minutes") << Duration(10min) << DelayBand::UnderHour;
        QTest::newRow("an hour") << Duration(1h) << DelayBand::UnderSixHours;
        QTest::newRow("six hours") << Duration(6h) << DelayBand::Longer;
    }

    void tellsDelaysApart()
    {
        QFETCH(const Duration, delay);
        QFETCH(const DelayBand, band);
        ForecastHour hour;
        QVERIFY(bandOf(hour) == DelayBand::Nothing);
        hour.due = 1;
        hour.delay = delay;
        QVERIFY(bandOf(hour) == band);
    }

    void ordersDelaysByLightness_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << QPalette(Qt::white, Qt::white) << false;
        QPalette dark(QColor(0x35, 0x36, 0x3a));
        dark.setColor(QPalette::Base, QColor(0x1e, 0x1f, 0x22));
        QTest::newRow("dark") << dark << true;
    }

    // Who sees no hue at all still sees which delay is longer.
    void ordersDelaysByLightness()
    {
        QFETCH(const QPalette, palette);
        QFETCH(const bool, dark);
        for (std::size_t i = 3; i < allDelayBands.size(); ++i) {
            const int shorter = qGray(bandColor(allDelayBands[i - 1], palette).rgb());
            const int longer = qGray(bandColor(allDelayBands[i], palette).rgb());
            QVERIFY(dark ? longer > shorter + 15 : longer < shorter - 15);
        }
    }

    void explainsItsColours()
    {
        const auto* legend = m_page->findChild<DelayLegend*>();
        for (const auto band : allDelayBands)
            QVERIFY(legend->accessibleName().contains(bandName(band)));
    }

private:
    /// Due in the middle of the hour after the next.
    void addMessages(int count)
    {
        m_due = std::chrono::floor<std::chrono::hours>(m_fixture->clock.now()) + 2h + 30min;
        for (int i = 0; i < count; ++i)
            m_fixture->schedule(test::messageFor(QStringLiteral("orders"), m_due));
    }

    void show()
    {
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(m_map->model()->columnCount(), 240, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_map->isVisible(), 30'000);
    }

    int rowOf(const QString& destination)
    {
        for (int row = 0; row < m_map->model()->rowCount(); ++row)
            if (m_map->model()->headerData(row, Qt::Vertical).toString() == destination)
                return row;
        return -1;
    }

    QModelIndex cell(int column) { return m_map->model()->index(rowOf(QStringLiteral("orders")), column); }

    QString reading()
    {
        return test::named<QLabel>(*m_page, QStringLiteral("The hour that is chosen"))->text();
    }

    bool anyLabelSays(const QString& text)
    {
        const auto labels = m_page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&text](const QLabel* label) {
            return label->isVisible() && label->text() == text;
        });
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<ForecastPage> m_page;
    HeatMap* m_map = nullptr;
    Instant m_due;
};

} // namespace punctual::ui

using punctual::ui::ForecastPageTest;
QTEST_MAIN(ForecastPageTest)

#include "forecast_page_test.moc"
