// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "ui/common/destination_combo.h"
#include "ui/compose/compose_page.h"

#include <QDateTimeEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>

namespace punctual::ui
{

class ComposePageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_fixture->addDestination(QStringLiteral("orders"));
        m_page = std::make_unique<ComposePage>(m_fixture->workspace);
        m_page->show();
        auto* destination = m_page->findChild<DestinationCombo*>();
        QTRY_VERIFY_WITH_TIMEOUT(destination->findData(QStringLiteral("orders")) >= 0, 30'000);
        destination->setDestination(QStringLiteral("orders"));
    }

    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void storesWhatWasTyped()
    {
        payload()->setPlainText(QStringLiteral("{\"b\": 1.0,\n \"a\": \"ö\"}"));
        test::named<QLineEdit>(*m_page, QStringLiteral("Ordering key"))
            ->setText(QStringLiteral("customer-12"));
        test::named<QLineEdit>(*m_page, QStringLiteral("Tags"))->setText(QStringLiteral("promo, spring,"));
        const auto stored = scheduleAndFind();
        QVERIFY(stored);
        QCOMPARE(stored->destination, QStringLiteral("orders"));
        QCOMPARE(stored->key, QStringLiteral("customer-12"));
        QCOMPARE(stored->tags, (QStringList{QStringLiteral("promo"), QStringLiteral("spring")}));
        QCOMPARE(stored->content->body, QByteArray("{\"b\": 1.0,\n \"a\": \"\xc3\xb6\"}"));
        QCOMPARE(stored->content->type, QByteArray("application/json"));
    }

    void storesTheChosenTime_data()
    {
        QTest::addColumn<QString>("zone");
        QTest::addColumn<int>("which");
        QTest::addColumn<QDateTime>("reading");
        QTest::addColumn<QString>("expected");
        // Next year's, because what is past is refused.
        const int year = QDate::currentDate().year() + 1;
        const auto row = [](const char* name, const char* zone, int which, const QDateTime& reading,
                            const QString& utc) {
            QTest::newRow(name) << QString::fromLatin1(zone) << which << reading << utc;
        };
        const QDateTime june(QDate(year, 6, 1), QTime(9, 0, 1), Qt::UTC);
        const QString date = QStringLiteral("%1-06-01T").arg(year);
        row("in the local zone", "Europe/Berlin", -1, june, date + QStringLiteral("07:00:01.000Z"));
        row("in another zone", "Asia/Singapore", -1, june, date + QStringLiteral("01:00:01.000Z"));
        row("in UTC", "UTC", -1, june, date + QStringLiteral("09:00:01.000Z"));
        QDate sunday(year, 10, 31);
        while (sunday.dayOfWeek() != Qt::Sunday)
            sunday = sunday.addDays(-1);
        const QString autumn = sunday.toString(Qt::ISODate);
        const QDateTime twice(sunday, QTime(2, 30), Qt::UTC);
        row("the first of two", "Europe/Berlin", 0, twice, autumn + QStringLiteral("T00:30:00.000Z"));
        row("the second of two", "Europe/Berlin", 1, twice, autumn + QStringLiteral("T01:30:00.000Z"));
    }

    void storesTheChosenTime()
    {
        QFETCH(const QString, zone);
        QFETCH(const int, which);
        QFETCH(const QDateTime, reading);
        QFETCH(const QString, expected);
        test::button<QRadioButton>(*m_page, QStringLiteral("At"))->click();
        test::named<QDateTimeEdit>(*m_page, QStringLiteral("Date and time when it is due"))
            ->setDateTime(reading);
        test::named<QComboBox>(*m_page, QStringLiteral("Time zone"))->setEditText(zone);
        if (which >= 0)
            test::named<QComboBox>(*m_page, QStringLiteral("Which of the two times"))->setCurrentIndex(which);
        const auto stored = scheduleAndFind();
        QVERIFY(stored);
        QCOMPARE(toRfc3339(stored->dueAt), expected);
    }

    void checksJsonAsOneTypes()
    {
        payload()->setPlainText(QStringLiteral("{\n  \"a\": ,\n}"));
        QVERIFY2(anyLabelSays(QStringLiteral("line 2, column 8")), "the place of the error is not shown");
        scheduleButton()->click();
        QVERIFY(scheduleButton()->isEnabled()); // nothing was asked of the database
        QCOMPARE(m_fixture->database.value(QStringLiteral("SELECT count(*) FROM punctual.messages")).toInt(),
                 0);
        test::button<QAbstractButton>(*m_page, QStringLiteral("It is JSON"))->click();
        const auto stored = scheduleAndFind();
        QVERIFY(stored);
        QCOMPARE(stored->content->type, QByteArray("text/plain; charset=utf-8"));
    }

    void saysBesideTheFieldWhatIsWrong()
    {
        // The form knows the destination, but it has just been removed.
        m_fixture->database.exec(QStringLiteral("DELETE FROM punctual.destinations WHERE name = 'orders'"));
        scheduleButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("Not scheduled: see the fields above.")),
                                 30'000);
        QVERIFY(!test::named<QComboBox>(*m_page, QStringLiteral("Destination"))
                     ->accessibleDescription()
                     .isEmpty());
    }

    void doesNotMoveToAnotherDestination()
    {
        auto* destination = m_page->findChild<DestinationCombo*>();
        const QSignalSpy changed(destination, &QComboBox::currentIndexChanged);
        m_fixture->addDestination(QStringLiteral("invoices"));
        readDestinationsAgain();
        QTRY_VERIFY_WITH_TIMEOUT(destination->findData(QStringLiteral("invoices")) >= 0, 30'000);
        m_fixture->database.exec(QStringLiteral("DELETE FROM punctual.destinations WHERE name = 'orders'"));
        readDestinationsAgain();
        QTRY_COMPARE_WITH_TIMEOUT(destination->currentText(), QStringLiteral("orders (removed)"), 30'000);
        QCOMPARE(destination->destination(), QStringLiteral("orders"));
        QCOMPARE(changed.count(), 0); // whoever listens is told of choices alone
        destination->setCurrentIndex(destination->findData(QStringLiteral("invoices")));
        readDestinationsAgain();
        QTRY_VERIFY_WITH_TIMEOUT(destination->findData(QStringLiteral("orders")) < 0, 30'000);
        QCOMPARE(destination->destination(), QStringLiteral("invoices"));
    }

    void choosesNoDestinationAmongSeveral()
    {
        m_fixture->addDestination(QStringLiteral("invoices"));
        m_page = std::make_unique<ComposePage>(m_fixture->workspace);
        m_page->show();
        const auto* destination = m_page->findChild<DestinationCombo*>();
        QTRY_COMPARE_WITH_TIMEOUT(destination->count(), 3, 30'000); // echo is there always
        QCOMPARE(destination->destination(), QString());
        scheduleButton()->click();
        QVERIFY(anyLabelSays(QStringLiteral("Choose a destination.")));
    }

    void choosesTheOnlyDestination()
    {
        m_fixture->database.exec(QStringLiteral("DELETE FROM punctual.destinations WHERE name = 'orders'"));
        m_page = std::make_unique<ComposePage>(m_fixture->workspace);
        m_page->show();
        const auto* destination = m_page->findChild<DestinationCombo*>();
        QTRY_COMPARE_WITH_TIMEOUT(destination->destination(), QStringLiteral("echo"), 30'000);
    }

    void opensTheResultInTheList()
    {
        QSignalSpy requested(m_page.get(), &ComposePage::showRequested);
        const auto stored = scheduleAndFind();
        QVERIFY(stored);
        test::button<QPushButton>(*m_page, QStringLiteral("Show in the list"))->click();
        QCOMPARE(requested.count(), 1);
        QCOMPARE(requested.at(0).at(0).toUuid(), stored->id);
    }

    void marksPausedDestinations()
    {
        const auto paused = test::await<Destination>([&](QObject* context, auto answer) {
            m_fixture->client.pause(m_fixture->workspace.actor, QStringLiteral("orders"), std::nullopt,
                                    context, answer);
        });
        QVERIFY(paused);
        readDestinationsAgain();
        auto* destination = m_page->findChild<DestinationCombo*>();
        QTRY_COMPARE_WITH_TIMEOUT(destination->currentText(), QStringLiteral("orders (paused)"), 30'000);
        QCOMPARE(destination->destination(), QStringLiteral("orders"));
    }

private:
    void readDestinationsAgain()
    {
        m_page->hide();
        m_page->show();
    }

    QPlainTextEdit* payload() { return test::named<QPlainTextEdit>(*m_page, QStringLiteral("Payload")); }
    QPushButton* scheduleButton() { return test::button<QPushButton>(*m_page, QStringLiteral("Schedule")); }

    bool anyLabelSays(const QString& text)
    {
        const auto labels = m_page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel* label) { return label->text().contains(text); });
    }

    std::optional<Message> scheduleAndFind()
    {
        scheduleButton()->click();
        const auto* result = test::named<QLabel>(*m_page, QStringLiteral("Result"));
        if (!QTest::qWaitFor([&] { return result->text().startsWith(QStringLiteral("Scheduled for")); },
                             20'000)) {
            qWarning() << result->text();
            return std::nullopt;
        }
        const QUuid id(
            m_fixture->database.value(QStringLiteral("SELECT id::text FROM punctual.messages")).toString());
        const auto found = m_fixture->find(id);
        return found ? std::optional(*found) : std::nullopt;
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<ComposePage> m_page;
};

} // namespace punctual::ui

using punctual::ui::ComposePageTest;
QTEST_MAIN(ComposePageTest)

#include "compose_page_test.moc"
