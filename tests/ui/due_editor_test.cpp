// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/factories.h"
#include "support/manual_clock.h"
#include "ui/compose/due_editor.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QTest>

namespace punctual::ui
{

using namespace std::chrono_literals;

class DueEditorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_clock.set(*parseRfc3339(QStringLiteral("2026-10-01T00:00:00Z")));
        m_editor = std::make_unique<DueEditor>(m_clock, QTimeZone("Europe/Berlin"));
        m_editor->show();
    }

    void cleanup() { m_editor.reset(); }

    void takesASpan_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("seconds") << QStringLiteral("5s") << qint64(5);
        QTest::newRow("hours and minutes") << QStringLiteral("1h30m") << qint64(5400);
        QTest::newRow("spaces between") << QStringLiteral("1h 30m") << qint64(5400);
        QTest::newRow("ten days") << QStringLiteral("10d") << qint64(864000);
    }

    void takesASpan()
    {
        QFETCH(const QString, text);
        QFETCH(const qint64, seconds);
        typeSpan(text);
        const auto due = m_editor->due();
        QVERIFY(due);
        QCOMPARE(toMilliseconds(std::get<Duration>(*due)), seconds * 1000);
    }

    void refusesWhatIsNoSpan_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QString();
        QTest::newRow("a number alone") << QStringLiteral("10");
        QTest::newRow("further ahead than is allowed") << QStringLiteral("400d");
    }

    void refusesWhatIsNoSpan()
    {
        QFETCH(const QString, text);
        typeSpan(text);
        QVERIFY(!m_editor->due());
        QVERIFY(!m_editor->problem().isEmpty());
    }

    void takesAReadingInAZone_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("utc");
        QTest::newRow("the local one")
            << QStringLiteral("Europe/Berlin") << QStringLiteral("2026-12-01T08:00:00.000Z");
        QTest::newRow("another one") << QStringLiteral("Asia/Singapore")
                                     << QStringLiteral("2026-12-01T01:00:00.000Z");
        QTest::newRow("UTC") << QStringLiteral("UTC") << QStringLiteral("2026-12-01T09:00:00.000Z");
    }

    void takesAReadingInAZone()
    {
        QFETCH(const QString, zone);
        QFETCH(const QString, utc);
        chooseReading(QDateTime({2026, 12, 1}, {9, 0}, Qt::UTC), zone);
        const auto due = m_editor->due();
        QVERIFY2(due, qPrintable(m_editor->problem()));
        QCOMPARE(toRfc3339(std::get<Instant>(*due)), utc);
    }

    void refusesAReadingThatIsSkipped()
    {
        chooseReading(QDateTime({2027, 3, 28}, {2, 30}, Qt::UTC), QStringLiteral("Europe/Berlin"));
        QVERIFY(!m_editor->due());
        QVERIFY2(m_editor->problem().contains(QStringLiteral("does not exist in Europe/Berlin")),
                 qPrintable(m_editor->problem()));
    }

    void asksWhichOfTwoIsMeant()
    {
        chooseReading(QDateTime({2026, 10, 25}, {2, 30}, Qt::UTC), QStringLiteral("Europe/Berlin"));
        auto* which = child<QComboBox>(QStringLiteral("Which of the two times"));
        QVERIFY(which->isVisible());
        QVERIFY(!m_editor->due());
        QVERIFY2(m_editor->problem().contains(QStringLiteral("happens twice")),
                 qPrintable(m_editor->problem()));
        QTest::keyClick(which, Qt::Key_Down);
        QCOMPARE(toRfc3339(std::get<Instant>(*m_editor->due())), QStringLiteral("2026-10-25T00:30:00.000Z"));
        QTest::keyClick(which, Qt::Key_Down);
        QCOMPARE(toRfc3339(std::get<Instant>(*m_editor->due())), QStringLiteral("2026-10-25T01:30:00.000Z"));
        reading()->setDateTime(QDateTime({2026, 10, 25}, {4, 30}, Qt::UTC)); // needs no answer any more
        QVERIFY(!which->isVisible());
        QVERIFY(m_editor->due());
    }

    void showsTheSameTimeElsewhere()
    {
        chooseReading(QDateTime({2026, 12, 1}, {9, 0}, Qt::UTC), QStringLiteral("Asia/Singapore"));
        const auto text = child<QLabel>(QStringLiteral("The same time elsewhere"))->text();
        QVERIFY2(text.contains(QStringLiteral("01:00:00 UTC")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("02:00:00 CET")), qPrintable(text));
    }

    void refusesThePastAndUnknownZones()
    {
        chooseReading(QDateTime({2026, 9, 30}, {9, 0}, Qt::UTC), QStringLiteral("UTC"));
        QVERIFY(!m_editor->due());
        chooseReading(QDateTime({2026, 12, 1}, {9, 0}, Qt::UTC), QStringLiteral("Europe/Atlantis"));
        QVERIFY(!m_editor->due());
    }

private:
    template <class Widget>
    Widget* child(const QString& name)
    {
        for (auto* widget : m_editor->findChildren<Widget*>())
            if (widget->accessibleName() == name)
                return widget;
        qFatal("There is no %s", qPrintable(name));
    }

    QDateTimeEdit* reading() { return child<QDateTimeEdit>(QStringLiteral("Date and time when it is due")); }

    void typeSpan(const QString& text)
    {
        auto* span = child<QLineEdit>(QStringLiteral("Span until it is due"));
        span->selectAll();
        QTest::keyClick(span, Qt::Key_Delete);
        QTest::keyClicks(span, text);
    }

    void chooseReading(const QDateTime& dateTime, const QString& zone)
    {
        if (!reading()->isEnabled())
            for (auto* mode : m_editor->findChildren<QRadioButton*>())
                mode->click(); // the second one stays
        QVERIFY(reading()->isEnabled());
        reading()->setDateTime(dateTime);
        child<QComboBox>(QStringLiteral("Time zone"))->setEditText(zone);
    }

    test::ManualClock m_clock;
    std::unique_ptr<DueEditor> m_editor;
};

} // namespace punctual::ui

using punctual::ui::DueEditorTest;
QTEST_MAIN(DueEditorTest)

#include "due_editor_test.moc"
