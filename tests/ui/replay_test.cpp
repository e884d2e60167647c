// SPDX-License-Identifier: GPL-3.0-or-later
// Sending one message again with changes, and what a replay of many adds to its destination's load.
#include "fixture.h"
#include "runtime/node_host.h"
#include "support/receiver.h"
#include "ui/common/destination_combo.h"
#include "ui/dead_letters/dead_letters_page.h"
#include "ui/dead_letters/range_dialog.h"
#include "ui/messages/message_details.h"
#include "ui/messages/message_table.h"
#include "ui/messages/messages_page.h"
#include "ui/messages/replay_dialog.h"
#include "ui/operations/bulk_dialog.h"
#include "ui/operations/load_advice.h"

#include <QAction>
#include <QCheckBox>
#include <QDateTimeEdit>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

class ReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_receiver = std::make_unique<test::Receiver>();
        put(test::destinationAt(m_receiver->url()));
        m_node = std::make_unique<runtime::NodeHost>(m_fixture->database.address(),
                                                     runtime::NodeOptions{QStringLiteral("test")});
        m_node->start();
    }

    void cleanup()
    {
        m_page.reset();
        m_node.reset();
        m_receiver.reset();
        m_fixture.reset();
    }

    void sendsADeadLetterAgainWithOtherContent()
    {
        const auto id = makeDeadLetter();
        auto* dialog = editDeadLetter();
        test::named<QPlainTextEdit>(*dialog, QStringLiteral("Payload"))
            ->setPlainText(QStringLiteral("{\"order\": 8}"));
        test::named<QPlainTextEdit>(*dialog, QStringLiteral("Headers"))
            ->setPlainText(QStringLiteral("X-Mended: yes"));
        press(*dialog, "Send again");
        QVERIFY(m_receiver->waitFor(2));
        const auto request = m_receiver->requests().back();
        QCOMPARE(request.body, QByteArrayLiteral("{\"order\": 8}"));
        QCOMPARE(request.header("X-Mended"), QByteArrayLiteral("yes"));
        QCOMPARE(m_fixture->find(id)->state, MessageState::Dead);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_fixture->database
                .value(QStringLiteral("SELECT count(*) FROM punctual.messages WHERE state = 'delivered' "
                                      "AND replay_of = '%1'")
                           .arg(id.toString(QUuid::WithoutBraces)))
                .toInt(),
            1, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("1 message(s) scheduled again.")), 30'000);
    }

    void leavesEverythingAsItWasUnlessItIsChanged()
    {
        makeDeadLetter({{"Authorization", "Bearer very-secret"}, {"X-Campaign", "spring"}});
        auto* dialog = editDeadLetter();
        QCOMPARE(test::named<QPlainTextEdit>(*dialog, QStringLiteral("Headers"))->toPlainText(),
                 QStringLiteral("Authorization: (hidden)\nX-Campaign: spring"));
        press(*dialog, "Send again");
        QVERIFY(m_receiver->waitFor(2));
        const auto request = m_receiver->requests().back();
        QCOMPARE(request.body, m_receiver->requests().front().body);
        QCOMPARE(request.header("Authorization"), QByteArrayLiteral("Bearer very-secret"));
        QCOMPARE(request.header("X-Campaign"), QByteArrayLiteral("spring"));
    }

    void sendsABodyAgainByteByByte()
    {
        const QByteArray body("{\r\n  \"way\": \"10\xC2\xA0km\"\r\n}");
        makeDeadLetter({}, body);
        press(*editDeadLetter(), "Send again");
        QVERIFY(m_receiver->waitFor(2));
        QCOMPARE(m_receiver->requests().back().body, body);
    }

    void asksForCredentialsThatItDoesNotKnow()
    {
        makeDeadLetter({{"Authorization", "Bearer very-secret"}});
        auto* dialog = editDeadLetter();
        auto* headers = test::named<QPlainTextEdit>(*dialog, QStringLiteral("Headers"));
        const auto* send = test::button<QPushButton>(*dialog, QStringLiteral("Send again"));
        QVERIFY(send->isEnabled());
        headers->appendPlainText(QStringLiteral("X-Mended: yes"));
        QVERIFY(!send->isEnabled());
        QVERIFY(
            text(*dialog, "Problem").startsWith(QStringLiteral("The value of Authorization is not known")));
        headers->setPlainText(QStringLiteral("Authorization: Bearer other\nX-Mended: yes"));
        QVERIFY(send->isEnabled());
        press(*dialog, "Send again");
        QVERIFY(m_receiver->waitFor(2));
        QCOMPARE(m_receiver->requests().back().header("Authorization"), QByteArrayLiteral("Bearer other"));
    }

    void sendsItToAnotherDestinationWithoutItsCredentials()
    {
        put(test::destinationAt(m_receiver->url(QStringLiteral("/other")), QStringLiteral("others")));
        makeDeadLetter({{"Authorization", "Bearer very-secret"}, {"X-Campaign", "spring"}});
        auto* dialog = editDeadLetter();
        const auto* note = test::named<QLabel>(*dialog, QStringLiteral("What becomes of credentials"));
        QVERIFY(!note->isVisible());
        dialog->findChild<DestinationCombo*>()->setDestination(QStringLiteral("others"));
        QVERIFY(note->isVisible());
        press(*dialog, "Send again");
        QVERIFY(m_receiver->waitFor(2));
        const auto request = m_receiver->requests().back();
        QCOMPARE(request.target, QByteArrayLiteral("/other"));
        QCOMPARE(request.header("Authorization"), QByteArray());
        QCOMPARE(request.header("X-Campaign"), QByteArrayLiteral("spring"));
    }

    void editsFromTheListOfMessages()
    {
        const auto dead = makeDeadLetter();
        const auto waiting = m_fixture->schedule(test::messageFor(QStringLiteral("orders"), Duration(1h)));
        auto page = std::make_unique<MessagesPage>(m_fixture->workspace);
        auto* table = page->findChild<MessageTable*>();
        auto* edit = page->actionSet().editAndReplay;
        m_page = std::move(page);
        m_page->resize(1200, 760);
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, 30'000);
        table->select(waiting);
        QVERIFY(!edit->isEnabled());
        QCOMPARE(edit->statusTip(), QStringLiteral("Only what is over can be sent again."));
        table->select(dead);
        QVERIFY(edit->isEnabled());
        test::triggerWhenEnabled(*edit);
        press(*waitForDialog<ReplayDialog>(), "Send again");
        QVERIFY(m_receiver->waitFor(2));
    }

    void opensTheSampleOnItsAttempts()
    {
        makeDeadLetter();
        showDeadLetters();
        const auto* tabs = m_page->findChild<MessageDetails*>()->findChild<QTabWidget*>();
        QCOMPARE(tabs->tabText(tabs->currentIndex()).remove(u'&'), QStringLiteral("Attempts"));
        const auto* attempts = test::named<QTableView>(*m_page, QStringLiteral("Attempts"));
        QTRY_VERIFY_WITH_TIMEOUT(attempts->isVisible(), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(attempts->model()->rowCount(), 1, 30'000);
    }

    void tellsTheLoadOfARangeBeforeItStarts()
    {
        makeDeadLetter();
        makeDeadLetter();
        auto limited = test::destinationAt(m_receiver->url());
        limited.rateLimit = RateLimit{RateAlgorithm::TokenBucket, 1, 1h, 1};
        put(limited);
        showDeadLetters();
        press(*m_page, "Send a time range again…");
        auto* range = m_page->findChild<RangeDialog*>();
        range->findChild<DestinationCombo*>()->setDestination(QStringLiteral("orders"));
        auto* until = test::named<QDateTimeEdit>(*range, QStringLiteral("Until"));
        until->setDateTime(until->dateTime().addSecs(60));
        press(*range, "Preview…");
        auto* dialog = waitForDialog<BulkDialog>();
        const auto* load = test::named<QLabel>(*dialog, QStringLiteral("Load of the destination"));
        QTRY_VERIFY_WITH_TIMEOUT(load->isVisible(), 30'000);
        QVERIFY2(load->text().contains(QStringLiteral("at orders")), qPrintable(load->text()));
        QVERIFY2(load->text().contains(QStringLiteral("That is too much")), qPrintable(load->text()));
        // Each to a destination without a limit: nothing is in the way any more.
        put(test::destinationAt(m_receiver->url(), QStringLiteral("others")));
        test::named<DestinationCombo>(*dialog, QStringLiteral("Send to"))
            ->setDestination(QStringLiteral("others"));
        QTRY_VERIFY_WITH_TIMEOUT(load->text().endsWith(QStringLiteral("It has no limit in this time.")),
                                 30'000);
        dialog->close();
    }

    void wordsTheLoad_data()
    {
        QTest::addColumn<qint64>("count");
        QTest::addColumn<Duration>("span");
        QTest::addColumn<std::optional<qint64>>("allowed");
        QTest::addColumn<QString>("wanted");
        const std::optional<qint64> none;
        const std::optional<qint64> hundred(100);
        QTest::newRow("without a limit there is always room")
            << qint64(500) << Duration() << none << "It has no limit in this time.";
        QTest::newRow("what fits leaves on time")
            << qint64(90) << Duration() << hundred
            << "10 are due there already, with these it is 100. It allows 100. There is room.";
        QTest::newRow("what does not fit is late by as long as the rest takes")
            << qint64(140) << Duration() << hundred
            << "up to 50 would be left over at the end of an hour. The last would leave about 30 min late.";
        QTest::newRow("spread over two hours it fits")
            << qint64(180) << Duration(119min + 59s) << hundred
            << "20 are due there already, with these it is 200. It allows 200. There is room.";
        QTest::newRow("too much for all that is foreseen")
            << qint64(100'000) << Duration() << hundred
            << "They are not all gone as far as the forecast looks.";
        QTest::newRow("nothing is said of times that are not foreseen")
            << qint64(10) << Duration(48h) << hundred << "";
        QTest::newRow("nothing is said of no messages") << qint64(0) << Duration() << hundred << "";
    }

    void wordsTheLoad()
    {
        QFETCH(const qint64, count);
        QFETCH(const Duration, span);
        QFETCH(const std::optional<qint64>, allowed);
        QFETCH(const QString, wanted);
        Forecast forecast{.destination = QStringLiteral("orders"), .hours = {}, .quotaRunsOutAt = {}};
        const auto first = std::chrono::floor<std::chrono::hours>(test::at());
        for (int i = 0; i < 24; ++i)
            forecast.hours.push_back({.hour = first + std::chrono::hours(i), .due = 10, .allowed = allowed});
        const auto load = loadText(forecast, {count, first, span}, QTimeZone::utc());
        QVERIFY2(wanted.isEmpty() ? load.text.isEmpty() : load.text.endsWith(wanted), qPrintable(load.text));
        QCOMPARE(load.isWarning, load.text.contains(QStringLiteral("too much")));
    }

private:
    void put(const Destination& destination)
    {
        const auto stored = test::await<client::PutDestination>([&](QObject* context, auto answer) {
            m_fixture->client.put(m_fixture->workspace.actor, destination, context, answer);
        });
        QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
    }

    MessageId makeDeadLetter(const std::vector<Header>& headers = {}, const QByteArray& body = {})
    {
        m_receiver->replyNext({.status = 404});
        auto message = test::messageFor(QStringLiteral("orders"));
        message.content.headers = headers;
        if (!body.isEmpty())
            message.content.body = body;
        const auto id = m_fixture->schedule(message);
        if (!QTest::qWaitFor([&] { return m_fixture->find(id)->state == MessageState::Dead; }, 30'000))
            qFatal("it did not die");
        return id;
    }

    void showDeadLetters()
    {
        m_page = std::make_unique<DeadLettersPage>(m_fixture->workspace);
        m_page->resize(1200, 760);
        m_page->show();
        const auto* table = test::named<QTableView>(*m_page, QStringLiteral("Dead letters"));
        QTRY_VERIFY_WITH_TIMEOUT(table->selectionModel()->hasSelection(), 30'000);
    }

    ReplayDialog* editDeadLetter()
    {
        showDeadLetters();
        press(*m_page, "Edit and send this one again…");
        return waitForDialog<ReplayDialog>();
    }

    template <class Dialog>
    Dialog* waitForDialog()
    {
        if (!QTest::qWaitFor([&] { return m_page->findChild<Dialog*>() != nullptr; }, 30'000))
            qFatal("there is no dialog");
        return m_page->findChild<Dialog*>();
    }

    static void press(const QWidget& parent, const char* label)
    {
        const QString wanted = QString::fromUtf8(label);
        QAbstractButton* button = test::button<QPushButton>(parent, wanted);
        if (button == nullptr)
            button = test::button<QToolButton>(parent, wanted);
        QVERIFY2(button != nullptr && button->isEnabled(), label);
        QTest::mouseClick(button, Qt::LeftButton);
    }

    static QString text(const QWidget& parent, const char* name)
    {
        const auto* label = test::named<QLabel>(parent, QString::fromUtf8(name));
        return label != nullptr ? label->text() : QString();
    }

    bool says(const QString& start)
    {
        const auto labels = m_page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&start](const QLabel* label) {
            return label->isVisible() && label->text().startsWith(start);
        });
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<test::Receiver> m_receiver;
    std::unique_ptr<runtime::NodeHost> m_node;
    std::unique_ptr<QWidget> m_page;
};

} // namespace punctual::ui

using punctual::ui::ReplayTest;
QTEST_MAIN(ReplayTest)

#include "replay_test.moc"
