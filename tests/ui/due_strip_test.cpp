// SPDX-License-Identifier: GPL-3.0-or-later
// Rescheduling with the mouse: the mark of the due time is drawn to another time, confirmed, and taken back.
#include "fixture.h"
#include "ui/common/result_bar.h"
#include "ui/messages/due_strip.h"
#include "ui/messages/message_details.h"
#include "ui/messages/message_table.h"
#include "ui/messages/messages_page.h"
#include "ui/messages/reschedule_dialog.h"

#include <QPushButton>
#include <QSignalSpy>

namespace punctual::ui
{

using namespace std::chrono_literals;

class DueStripTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_fixture->addDestination(QStringLiteral("orders"));
        m_page = std::make_unique<MessagesPage>(m_fixture->workspace);
        m_page->resize(1200, 760);
        m_table = m_page->findChild<MessageTable*>();
        m_strip = m_page->findChild<DueStrip*>();
        m_page->findChild<MessageDetails*>()->openTab(MessageDetails::Tab::TimeLine);
    }

    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void drawsADueTimeElsewhereAndTakesItBack()
    {
        const auto id = scheduleAndSelect(2h);
        const Instant before = m_fixture->find(id)->dueAt;
        const QSignalSpy drawn(m_strip, &DueStrip::rescheduleRequested);
        draw(m_strip->xOf(before), m_strip->xOf(before + 5h));
        QCOMPARE(drawn.count(), 1);
        const auto wanted = drawn.at(0).at(1).value<Instant>();
        QVERIFY(std::chrono::abs(wanted - (before + 5h)) <= 10min);
        QCOMPARE(wanted, std::chrono::floor<std::chrono::minutes>(wanted)); // no odd seconds
        QCOMPARE(m_fixture->find(id)->dueAt, before);                       // it asks first
        auto* dialog = m_page->findChild<RescheduleDialog*>();
        QVERIFY(dialog != nullptr);
        test::button<QPushButton>(*dialog, QStringLiteral("Reschedule"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->find(id)->dueAt, wanted, 30'000);
        auto* bar = m_page->findChild<ResultBar*>();
        QTRY_VERIFY_WITH_TIMEOUT(bar->text().startsWith(QStringLiteral("1 message(s) rescheduled to")),
                                 30'000);
        auto* undo = test::button<QPushButton>(*bar, QStringLiteral("Undo"));
        QTRY_VERIFY_WITH_TIMEOUT(undo->isVisible(), 30'000);
        undo->click();
        QTRY_VERIFY_WITH_TIMEOUT(std::chrono::abs(m_fixture->find(id)->dueAt - before) < 1ms, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(bar->text(), QStringLiteral("1 message(s) moved back."), 30'000);
    }

    void letsItBeOnEscapeAndOnCancel()
    {
        const auto id = scheduleAndSelect(2h);
        const Instant before = m_fixture->find(id)->dueAt;
        const QSignalSpy drawn(m_strip, &DueStrip::rescheduleRequested);
        QTest::mousePress(m_strip, Qt::LeftButton, {}, at(m_strip->xOf(before)));
        QTest::mouseMove(m_strip, at(m_strip->xOf(before + 5h)));
        QTest::keyClick(m_strip, Qt::Key_Escape);
        QTest::mouseRelease(m_strip, Qt::LeftButton, {}, at(m_strip->xOf(before + 5h)));
        QCOMPARE(drawn.count(), 0);
        draw(m_strip->xOf(before), m_strip->xOf(before + 5h));
        QCOMPARE(drawn.count(), 1);
        test::button<QPushButton>(*m_page->findChild<RescheduleDialog*>(), QStringLiteral("Cancel"))->click();
        QCOMPARE(m_fixture->find(id)->dueAt, before);
    }

    void takesNothingButTheMark()
    {
        const auto id = scheduleAndSelect(2h);
        const Instant before = m_fixture->find(id)->dueAt;
        const QSignalSpy drawn(m_strip, &DueStrip::rescheduleRequested);
        draw(m_strip->xOf(before + 8h), m_strip->xOf(before + 5h));
        QCOMPARE(drawn.count(), 0);
    }

    void neverGoesToWhatIsPast()
    {
        const auto id = scheduleAndSelect(2h);
        const Instant before = m_fixture->find(id)->dueAt;
        const QSignalSpy drawn(m_strip, &DueStrip::rescheduleRequested);
        draw(m_strip->xOf(before), 0);
        QCOMPARE(drawn.count(), 1);
        QVERIFY(drawn.at(0).at(1).value<Instant>() > m_fixture->clock.now());
    }

    void reachesAsFarAsTheMessageIsAway_data()
    {
        QTest::addColumn<Duration>("away");
        QTest::newRow("an hour") << Duration(1h);
        QTest::newRow("two days") << Duration(48h);
        QTest::newRow("nine days") << Duration(9 * 24h);
        QTest::newRow("three hundred days") << Duration(300 * 24h);
    }

    void reachesAsFarAsTheMessageIsAway()
    {
        QFETCH(const Duration, away);
        const auto id = scheduleAndSelect(away);
        const Instant due = m_fixture->find(id)->dueAt;
        QVERIFY(m_strip->xOf(due) < m_strip->width() * 9 / 10);
        QVERIFY(std::chrono::abs(m_strip->instantAt(m_strip->xOf(due)) - due) <
                std::max<Duration>(away / 50, 1h));
    }

    void isThereForWhatWaitsAlone()
    {
        const auto id = scheduleAndSelect(2h);
        const auto cancelled = test::await<CancelVerdict>([&](QObject* context, auto answer) {
            m_fixture->client.cancel(m_fixture->workspace.actor, id, context, answer);
        });
        QVERIFY(cancelled);
        QTRY_VERIFY_WITH_TIMEOUT(!m_strip->isVisible(), 30'000);
    }

private:
    MessageId scheduleAndSelect(Duration delay)
    {
        const auto id = m_fixture->schedule(test::messageFor(QStringLiteral("orders"), delay));
        m_page->show();
        if (!QTest::qWaitFor([this] { return m_table->model()->rowCount() == 1; }, 30'000))
            qFatal("there is no row");
        m_table->select(id);
        if (!QTest::qWaitFor([this] { return m_strip->isVisible(); }, 30'000))
            qFatal("there is no strip");
        return id;
    }

    [[nodiscard]] QPoint at(int x) const { return {x, m_strip->height() / 2}; }

    void draw(int from, int to)
    {
        QTest::mousePress(m_strip, Qt::LeftButton, {}, at(from));
        QTest::mouseMove(m_strip, at((from + to) / 2));
        QTest::mouseMove(m_strip, at(to));
        QTest::mouseRelease(m_strip, Qt::LeftButton, {}, at(to));
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<MessagesPage> m_page;
    MessageTable* m_table = nullptr;
    DueStrip* m_strip = nullptr;
};

} // namespace punctual::ui

using punctual::ui::DueStripTest;
QTEST_MAIN(DueStripTest)

#include "due_strip_test.moc"
