// SPDX-License-Identifier: GPL-3.0-or-later
// Ranges of time that a list is narrowed to: what was set stays exact, and what a person writes is read by
// the clock of the zone.
#include "support/factories.h"
#include "support/manual_clock.h"
#include "ui/messages/time_range_edit.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QTest>

namespace punctual::ui
{

using namespace std::chrono_literals;

class TimeRangeEditTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_clock.set(test::at());
        m_edit = std::make_unique<TimeRangeEdit>(
            TimeRangeEdit::Names{QStringLiteral("Due"), QStringLiteral("From"), QStringLiteral("Before")},
            std::vector{TimeRangeEdit::PastHour, TimeRangeEdit::Today}, m_clock,
            QTimeZone(QByteArrayLiteral("Europe/Berlin")));
        m_range = m_edit->findChild<QComboBox*>();
        const auto ends = m_edit->findChildren<QDateTimeEdit*>();
        m_from = ends.at(0);
        m_until = ends.at(1);
    }

    void keepsWhatWasSet()
    {
        m_edit->setEnds({test::at(7us), std::nullopt});
        QCOMPARE(m_edit->ends().after, std::optional(test::at(7us)));
        QVERIFY(!m_edit->ends().before);
        m_edit->setEnds({std::nullopt, test::at()});
        QVERIFY(!m_edit->ends().after);
        m_edit->setEnds({});
        QVERIFY(!m_edit->ends().after && !m_edit->ends().before);
        QCOMPARE(m_range->currentText(), QStringLiteral("At any time"));
    }

    void countsFromNow()
    {
        m_range->setCurrentIndex(1);
        QCOMPARE(m_edit->ends().after, std::optional(test::at(-1h)));
        QCOMPARE(m_edit->ends().before, std::optional(test::at()));
        m_range->setCurrentIndex(2); // of Berlin, an hour ahead of UTC
        QCOMPARE(m_edit->ends().after, std::optional(test::at(-10h)));
        QCOMPARE(m_edit->ends().before, std::optional(test::at(14h)));
        QVERIFY(!m_from->isEnabled());
        m_range->setCurrentIndex(0);
        QVERIFY(!m_edit->ends().after && !m_edit->ends().before);
    }

    void turnsEndsRound()
    {
        m_range->setCurrentIndex(3);
        QVERIFY(m_from->isEnabled());
        write(m_from, 12, 1, 11, 0);
        write(m_until, 12, 1, 10, 0);
        QCOMPARE(m_edit->ends().after, std::optional(test::at()));
        QCOMPARE(m_edit->ends().before, std::optional(test::at(1h)));
    }

    /// 02:30 of 25 October 2026 happens at 00:30Z and at 01:30Z.
    void takesTheWiderRangeOfAnHourThatHappensTwice()
    {
        m_range->setCurrentIndex(3);
        write(m_from, 10, 25, 2, 30);
        write(m_until, 10, 25, 2, 30);
        QCOMPARE(*m_edit->ends().before - *m_edit->ends().after, Duration(1h));
    }

private:
    static void write(QDateTimeEdit* edit, int month, int day, int hour, int minute)
    {
        edit->setDateTime(QDateTime(QDate(2026, month, day), QTime(hour, minute), Qt::UTC));
    }

    test::ManualClock m_clock;
    std::unique_ptr<TimeRangeEdit> m_edit;
    QComboBox* m_range = nullptr;
    QDateTimeEdit* m_from = nullptr;
    QDateTimeEdit* m_until = nullptr;
};

} // namespace punctual::ui

using punctual::ui::TimeRangeEditTest;
QTEST_MAIN(TimeRangeEditTest)

#include "time_range_edit_test.moc"
