// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "runtime/node_host.h"
#include "support/receiver.h"
#include "ui/common/destination_combo.h"
#include "ui/common/result_bar.h"
#include "ui/compose/compose_page.h"
#include "ui/compose/content_tabs.h"
#include "ui/compose/due_notes.h"
#include "ui/compose/forecast_advice.h"
#include "ui/compose/many_dialog.h"
#include "ui/compose/message_file_model.h"
#include "ui/compose/quick_times.h"
#include "ui/messages/message_table.h"
#include "ui/messages/messages_page.h"

#include <QAbstractItemModelTester>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTemporaryFile>

namespace punctual::ui
{

using namespace std::chrono_literals;

class ComposeExtrasTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_receiver = std::make_unique<test::Receiver>();
        const auto put = test::await<client::PutDestination>([&](QObject* context, auto answer) {
            auto destination = test::destinationAt(m_receiver->url(), QStringLiteral("orders"));
            destination.headers = {{"Authorization", "Bearer very-secret"}};
            destination.quota = Quota{1000, QuotaPeriod::Hour, QByteArrayLiteral("UTC")};
            m_fixture->client.put(m_fixture->workspace.actor, destination, context, answer);
        });
        QVERIFY(put);
        m_page = std::make_unique<ComposePage>(m_fixture->workspace);
        m_page->resize(1000, 700);
        m_page->show();
        auto* destination = m_page->findChild<DestinationCombo*>();
        QTRY_VERIFY_WITH_TIMEOUT(destination->findData(QStringLiteral("orders")) >= 0, 30'000);
        destination->setDestination(QStringLiteral("orders"));
    }

    void cleanup()
    {
        m_page.reset();
        m_receiver.reset();
        m_fixture.reset();
    }

    void takesBackWhatWasJustScheduled()
    {
        button(QStringLiteral("Schedule"))->click();
        auto* undo = button(QStringLiteral("Undo"));
        QTRY_VERIFY_WITH_TIMEOUT(undo->isVisible(), 30'000);
        undo->click();
        QTRY_COMPARE_WITH_TIMEOUT(result(), QStringLiteral("Cancelled. It will not be sent."), 30'000);
        QCOMPARE(states(), QStringLiteral("cancelled"));
    }

    void sendsATestNow()
    {
        runtime::NodeHost node(m_fixture->database.address(), {QStringLiteral("test:1")});
        node.start();
        test::named<QPlainTextEdit>(*m_page, QStringLiteral("Headers"))
            ->setPlainText(QStringLiteral("X-Campaign: spring"));
        button(QStringLiteral("Send a test now"))->click();
        QCOMPARE(m_fixture->dialogs.asked.size(), 1);
        QTRY_VERIFY2_WITH_TIMEOUT(result().startsWith(QStringLiteral("Test delivered to orders: HTTP 200")),
                                  qPrintable(result()), 60'000);
        QCOMPARE(states(), QStringLiteral("delivered"));
        const QUuid id(
            m_fixture->database.value(QStringLiteral("SELECT id::text FROM punctual.messages")).toString());
        QCOMPARE(m_fixture->find(id)->content->headers, (std::vector<Header>{{"X-Campaign", "spring"}}));
    }

    void sendsNoTestDaysLater()
    {
        const auto paused = test::await<Destination>([&](QObject* context, auto answer) {
            m_fixture->client.pause(m_fixture->workspace.actor, QStringLiteral("orders"), std::nullopt,
                                    context, answer);
        });
        QVERIFY(paused);
        button(QStringLiteral("Send a test now"))->click();
        QTRY_VERIFY2_WITH_TIMEOUT(
            result().startsWith(QStringLiteral("The test to orders did not leave and will not.")),
            qPrintable(result()), 60'000);
        QCOMPARE(states(), QStringLiteral("cancelled"));
    }

    void sendsTheTestThatWasAgreedTo()
    {
        m_fixture->dialogs.isLate = true;
        button(QStringLiteral("Send a test now"))->click();
        // While the question stands there, the form becomes one that cannot be sent.
        span()->setText(QStringLiteral("never"));
        m_fixture->dialogs.answer();
        QTRY_VERIFY_WITH_TIMEOUT(!states().isEmpty(), 30'000);
    }

    void endsTheFirstStartWithADeliveredMessage()
    {
        runtime::NodeHost node(m_fixture->database.address(), {QStringLiteral("test:1")});
        node.start();
        MessagesPage page(m_fixture->workspace);
        page.resize(1100, 700);
        page.show();
        auto* begin = [&]() -> QPushButton* {
            const auto find = [&] {
                return test::button<QPushButton>(page, QStringLiteral("Deliver a first message to echo"));
            };
            return QTest::qWaitFor([&] { return find() != nullptr && find()->isVisible(); }, 30'000)
                       ? find()
                       : nullptr;
        }();
        QVERIFY(begin);
        begin->click();
        const auto* bar = page.findChild<ResultBar*>();
        QTRY_VERIFY2_WITH_TIMEOUT(bar->text().startsWith(QStringLiteral("Test delivered to echo: HTTP 200")),
                                  qPrintable(bar->text()), 60'000);
        QTRY_COMPARE_WITH_TIMEOUT(page.findChild<MessageTable*>()->model()->rowCount(), 1, 30'000);
    }

    void previewsTheRequestWithoutSecrets()
    {
        test::named<QPlainTextEdit>(*m_page, QStringLiteral("Payload"))
            ->setPlainText(QStringLiteral("{\"a\": 1}"));
        auto* preview = test::named<QPlainTextEdit>(*m_page, QStringLiteral("Preview of the request"));
        m_page->findChild<ContentTabs*>()->setCurrentIndex(2);
        QTRY_VERIFY_WITH_TIMEOUT(preview->toPlainText().contains(QStringLiteral("{\"a\": 1}")), 30'000);
        QVERIFY(preview->toPlainText().startsWith(QStringLiteral("POST /")));
        QVERIFY(preview->toPlainText().contains(QStringLiteral(" HTTP/1.1\nHost: 127.0.0.1:")));
        QVERIFY(preview->toPlainText().contains(QStringLiteral("Authorization: (hidden)")));
        QVERIFY(!preview->toPlainText().contains(QStringLiteral("very-secret")));
    }

    void refusesHeadersOfHttpItself()
    {
        auto* headers = test::named<QPlainTextEdit>(*m_page, QStringLiteral("Headers"));
        headers->setPlainText(QStringLiteral("X-Good: yes\nContent-Length: 7"));
        QVERIFY(headers->accessibleDescription().startsWith(QStringLiteral("Line 2")));
        button(QStringLiteral("Schedule"))->click();
        QCOMPARE(m_page->findChild<ContentTabs*>()->currentIndex(), 1);
        QVERIFY(button(QStringLiteral("Schedule"))->isEnabled()); // nothing was asked of the database
        QCOMPARE(states(), QString());
    }

    void warnsOfAnHourThatIsFull()
    {
        std::vector<NewMessage> many;
        for (int i = 0; i < 1500; ++i)
            many.push_back(test::messageFor(QStringLiteral("orders"), Duration(3h)));
        const auto stored = test::await<client::Scheduled>([&](QObject* context, auto answer) {
            m_fixture->client.schedule(m_fixture->workspace.actor, many, std::nullopt, context, answer);
        });
        QVERIFY(stored);
        span()->setText(QStringLiteral("3h"));
        auto* advice = m_page->findChild<ForecastAdvice*>();
        QTRY_VERIFY_WITH_TIMEOUT(advice->text().contains(QStringLiteral("late")), 30'000);
        QVERIFY(advice->text().contains(QStringLiteral("1500 message(s)")) ||
                advice->text().contains(QStringLiteral("1,500 message(s)")));
        span()->setText(QStringLiteral("30h"));
        QTRY_VERIFY_WITH_TIMEOUT(!advice->isVisible(), 30'000);
    }

    void offersQuickChoices()
    {
        const auto actions = m_page->findChild<QuickTimes*>()->menu()->actions();
        actions.at(1)->trigger();
        QCOMPARE(span()->text(), QStringLiteral("10m"));
        actions.at(4)->trigger(); // tomorrow at nine
        const auto* reading =
            test::named<QDateTimeEdit>(*m_page, QStringLiteral("Date and time when it is due"));
        QVERIFY(test::button<QRadioButton>(*m_page, QStringLiteral("At"))->isChecked());
        QCOMPARE(reading->time(), QTime(9, 0));
        const QDate today = toDateTime(m_fixture->clock.now()).toTimeZone(m_fixture->workspace.zone).date();
        QCOMPARE(reading->date(), today.addDays(1));
    }

    void saysThatItIsNightAtTheRecipients()
    {
        test::button<QRadioButton>(*m_page, QStringLiteral("At"))->click();
        const int year = QDate::currentDate().year() + 1;
        test::named<QDateTimeEdit>(*m_page, QStringLiteral("Date and time when it is due"))
            ->setDateTime(QDateTime(QDate(year, 1, 15), QTime(9, 12), Qt::UTC));
        const auto* there = test::named<QLabel>(*m_page, QStringLiteral("Time of the recipient"));
        QCOMPARE(there->text(), QString());
        test::named<QComboBox>(*m_page, QStringLiteral("Time zone of the recipient"))
            ->setEditText(QStringLiteral("America/New_York"));
        QVERIFY2(there->text().contains(QStringLiteral("03:12")) &&
                     there->text().contains(QStringLiteral("at night")),
                 qPrintable(there->text()));
    }

    void tellsOfAChangeOfTheClocks()
    {
        const QTimeZone berlin("Europe/Berlin");
        const auto at = [](const char* text) { return *parseRfc3339(QString::fromLatin1(text)); };
        const QString spring =
            clockChangeText(at("2027-03-01T00:00:00Z"), at("2027-04-01T00:00:00Z"), berlin);
        QVERIFY2(spring.contains(QStringLiteral("forward by 1 h")), qPrintable(spring));
        const QString autumn =
            clockChangeText(at("2027-10-30T00:00:00Z"), at("2027-11-01T00:00:00Z"), berlin);
        QVERIFY2(autumn.contains(QStringLiteral("back by 1 h")), qPrintable(autumn));
        QCOMPARE(clockChangeText(at("2027-06-01T00:00:00Z"), at("2027-07-01T00:00:00Z"), berlin), QString());
        QCOMPARE(clockChangeText(at("2027-03-01T00:00:00Z"), at("2027-04-01T00:00:00Z"), QTimeZone::utc()),
                 QString());
    }

    void schedulesManyAfterChecking()
    {
        auto* dialog = openMany();
        auto* model = dialog->findChild<MessageFileModel*>();
        QAbstractItemModelTester tester(model);
        dialog->setText("due_at,key,body\n"
                        "2026-12-01T09:00:00,a,{}\n" // in no zone
                        "tomorrow,b,{}\n");
        QTRY_COMPARE_WITH_TIMEOUT(model->file().wrong, std::size_t(2), 30'000);
        QVERIFY(!test::button<QPushButton>(*dialog, QStringLiteral("Schedule"))->isEnabled());
        dialog->setText("delay_ms,key,body\n3600000,a,\"{\"\"n\"\": 1}\"\n7200000,b,{}\nsoon,c,{}\n");
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 3, 30'000);
        QCOMPARE(model->file().wrong, std::size_t(1));
        QCOMPARE(states(), QString()); // nothing is stored yet
        test::button<QPushButton>(*dialog, QStringLiteral("Schedule 2 message(s)"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(result(), QStringLiteral("2 message(s) scheduled."), 30'000);
        QCOMPARE(states(), QStringLiteral("scheduled scheduled"));
    }

    void readsAFileOfMany()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("delay_ms,body\n");
        for (int i = 0; i < 2500; ++i)
            file.write("3600000,{}\n");
        file.close();
        auto* dialog = openMany();
        dialog->openFile(file.fileName());
        auto* model = dialog->findChild<MessageFileModel*>();
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 2500, 30'000);
        test::button<QPushButton>(*dialog, QStringLiteral("Schedule 2500 message(s)"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(result().contains(QStringLiteral("message(s) scheduled.")), 30'000);
        QCOMPARE(m_fixture->database.value(QStringLiteral("SELECT count(*) FROM punctual.messages")).toInt(),
                 2500);
    }

    void storesWhatWasCheckedAndNothingElse()
    {
        m_fixture->addDestination(QStringLiteral("invoices"));
        auto* dialog = openMany();
        dialog->setText(manyLines());
        auto* model = dialog->findChild<MessageFileModel*>();
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 2500, 30'000);
        QSignalSpy checked(model, &QAbstractItemModel::modelReset);
        // A check that is on its way when the storing begins is of no text that is stored.
        dialog->setDestination(QStringLiteral("invoices"));
        QTRY_VERIFY_WITH_TIMEOUT(
            test::button<QPushButton>(*dialog, QStringLiteral("Schedule 2500 message(s)"))->isEnabled(),
            30'000);
        test::button<QPushButton>(*dialog, QStringLiteral("Schedule 2500 message(s)"))->click();
        checked.clear();
        dialog->setDestination(QStringLiteral("orders"));
        const auto* text = test::named<QPlainTextEdit>(*dialog, QStringLiteral("Lines of CSV"));
        QVERIFY(!text->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(result().contains(QStringLiteral("message(s) scheduled.")), 30'000);
        QCOMPARE(checked.count(), 0);
        QCOMPARE(m_fixture->database
                     .value(QStringLiteral(
                         "SELECT count(*) FROM punctual.messages WHERE destination = 'invoices'"))
                     .toInt(),
                 2500);
    }

    void asksBeforeItStopsStoring()
    {
        auto* dialog = openMany();
        dialog->setText(manyLines());
        QTRY_COMPARE_WITH_TIMEOUT(dialog->findChild<MessageFileModel*>()->rowCount(), 2500, 30'000);
        test::button<QPushButton>(*dialog, QStringLiteral("Schedule 2500 message(s)"))->click();
        m_fixture->dialogs.accepts = false;
        QTest::keyClick(dialog, Qt::Key_Escape);
        QCOMPARE(m_fixture->dialogs.asked,
                 QStringList(QStringLiteral("Stop now? What is stored already stays scheduled, the rest is "
                                            "not.")));
        QVERIFY(dialog->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(result().contains(QStringLiteral("message(s) scheduled.")), 30'000);
    }

private:
    static QByteArray manyLines() { return "delay_ms,body\n" + QByteArray("3600000,{}\n").repeated(2500); }

    QPushButton* button(const QString& text) { return test::button<QPushButton>(*m_page, text); }
    QLineEdit* span() { return test::named<QLineEdit>(*m_page, QStringLiteral("Span until it is due")); }
    QString result() { return m_page->findChild<ResultBar*>()->text(); }

    ManyDialog* openMany()
    {
        button(QStringLiteral("Many from CSV…"))->click();
        return m_page->findChild<ManyDialog*>();
    }

    QString states()
    {
        return m_fixture->database
            .value(QStringLiteral("SELECT string_agg(state, ' ' ORDER BY id) FROM punctual.messages"))
            .toString();
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<test::Receiver> m_receiver;
    std::unique_ptr<ComposePage> m_page;
};

} // namespace punctual::ui

using punctual::ui::ComposeExtrasTest;
QTEST_MAIN(ComposeExtrasTest)

#include "compose_extras_test.moc"
