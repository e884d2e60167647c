// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "runtime/node_host.h"
#include "support/receiver.h"
#include "ui/dead_letters/dead_letter_model.h"
#include "ui/dead_letters/dead_letters_page.h"
#include "ui/dead_letters/range_dialog.h"
#include "ui/dead_letters/trend.h"
#include "ui/operations/bulk_dialog.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

class DeadLettersPageTest : public QObject
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
        m_page = std::make_unique<DeadLettersPage>(m_fixture->workspace);
        m_page->resize(1200, 760);
        m_table = test::named<QTableView>(*m_page, QStringLiteral("Dead letters"));
    }

    void cleanup()
    {
        m_page.reset();
        m_node.reset();
        m_receiver.reset();
        m_fixture.reset();
    }

    void saysThatThereAreNone()
    {
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("No dead letters.")), 30'000);
        QVERIFY(!press(QStringLiteral("Send all again…")));
        QVERIFY(!press(QStringLiteral("Send this one again")));
    }

    void groupsWhatFailedAlike()
    {
        failWith(404, 3);
        failWith(422, 1);
        const QAbstractItemModelTester tester(m_table->model());
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 2, 30'000);
        QCOMPARE(cell(0, DeadLetterModel::Status), QStringLiteral("422"));
        QCOMPARE(cell(1, DeadLetterModel::Status), QStringLiteral("404"));
        QCOMPARE(cell(1, DeadLetterModel::Count), QStringLiteral("3"));
        QCOMPARE(cell(1, DeadLetterModel::Trend), QStringLiteral("rising, 3 in the last hour"));
        // Its latest message with what the third party said.
        m_table->selectRow(1);
        const auto* attempts = test::named<QTableView>(*m_page, QStringLiteral("Attempts"));
        QTRY_VERIFY_WITH_TIMEOUT(attempts->model()->rowCount() == 1 &&
                                     attempts->model()->index(0, 5).data().toString() ==
                                         QStringLiteral("no 404 here"),
                                 30'000);
        // One more of the first kind: it goes up, and the selection with it.
        failWith(404, 1);
        QTRY_COMPARE_WITH_TIMEOUT(cell(0, DeadLetterModel::Count), QStringLiteral("4"), 30'000);
        QCOMPARE(m_table->selectionModel()->selectedRows().front().row(), 0);
    }

    void sendsOneAgain()
    {
        failWith(404, 2);
        showFirst();
        const auto before = m_receiver->count();
        QVERIFY(press(QStringLiteral("Send this one again")));
        QVERIFY(m_receiver->waitFor(before + 1));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_fixture->database.value(replaysThatAre(QStringLiteral("delivered"))).toInt() == 1, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("1 message(s) scheduled again.")), 30'000);
    }

    void sendsAGroupAgain()
    {
        failWith(404, 3);
        failWith(422, 1);
        showFirst();
        m_table->selectRow(1);
        QVERIFY(press(QStringLiteral("Send the group again…")));
        auto* dialog = waitForDialog();
        QCOMPARE(test::named<QSpinBox>(*dialog, QStringLiteral("Pace"))->value(), 50);
        run(*dialog, QStringLiteral("Send 3 message(s) again"));
        QTRY_COMPARE_WITH_TIMEOUT(text(*dialog, QStringLiteral("Result so far")),
                                  QStringLiteral("3 sent again"), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_fixture->database.value(replaysThatAre(QStringLiteral("delivered"))).toInt(), 3, 30'000);
        dialog->close();
    }

    void stopsACanaryWhenTheFailureReturns()
    {
        failWith(404, 3);
        m_receiver->replyAlways({.status = 404, .body = "no 404 here"});
        showFirst();
        QVERIFY(press(QStringLiteral("Try a canary…")));
        auto* dialog = waitForDialog();
        QVERIFY(dialog->findChild<QCheckBox*>()->isChecked());
        run(*dialog, QStringLiteral("Send 3 message(s) again"));
        QTRY_COMPARE_WITH_TIMEOUT(text(*dialog, QStringLiteral("State of the operation")),
                                  QStringLiteral("Stopped by itself"), 30'000);
        QVERIFY(text(*dialog, QStringLiteral("What stopped it")).contains(QStringLiteral("404")));
        QCOMPARE(m_fixture->database.value(replaysThatAre(QStringLiteral("dead"))).toInt(), 1);
        dialog->close();
    }

    void sendsARangeOfTheHistoryAgain_data()
    {
        QTest::addColumn<int>("by");
        QTest::addColumn<QString>("about");
        QTest::newRow("by due times") << 0 << "due from";
        QTest::newRow("by attempts") << 1 << "with an attempt (from";
    }

    void sendsARangeOfTheHistoryAgain()
    {
        QFETCH(const int, by);
        QFETCH(const QString, about);
        m_receiver->replyAlways({.status = 200});
        const auto id = m_fixture->schedule(test::messageFor(QStringLiteral("orders")));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->find(id)->state == MessageState::Delivered, 30'000);
        m_page->show();
        QVERIFY(press(QStringLiteral("Send a time range again…")));
        auto* range = m_page->findChild<RangeDialog*>();
        QVERIFY(range != nullptr);
        test::named<QComboBox>(*range, QStringLiteral("What counts"))->setCurrentIndex(by);
        auto* preview = test::button<QPushButton>(*range, QStringLiteral("Preview…"));
        auto* until = test::named<QDateTimeEdit>(*range, QStringLiteral("Until"));
        const auto now = until->dateTime();
        until->setDateTime(now.addDays(-1));
        QVERIFY(!preview->isEnabled());
        QCOMPARE(text(*range, QStringLiteral("Problem")), QStringLiteral("The range ends before it begins."));
        until->setDateTime(now.addSecs(60));
        QVERIFY(preview->isEnabled());
        QTest::mouseClick(preview, Qt::LeftButton);
        auto* dialog = waitForDialog();
        QVERIFY(text(*dialog, QStringLiteral("What it is about")).contains(QStringLiteral("Delivered")));
        QVERIFY(text(*dialog, QStringLiteral("What it is about")).contains(about));
        run(*dialog, QStringLiteral("Send 1 message(s) again"));
        QTRY_COMPARE_WITH_TIMEOUT(text(*dialog, QStringLiteral("Result so far")),
                                  QStringLiteral("1 sent again"), 30'000);
        QVERIFY(m_receiver->waitFor(2));
        dialog->close();
    }

    void resolvesWhatIsUnknown()
    {
        auto destination = test::destinationAt(m_receiver->url(), QStringLiteral("careful"));
        destination.onUnknown = OnUnknown::Hold;
        destination.timeout = 300ms;
        put(destination);
        m_receiver->replyAlways({.manner = test::Reply::Manner::Hang});
        const auto id = m_fixture->schedule(test::messageFor(QStringLiteral("careful")));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->find(id)->state == MessageState::Unknown, 60'000);
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(press(QStringLiteral("Resolve 1 unknown…")), 60'000);
        auto* dialog = waitForDialog();
        run(*dialog, QStringLiteral("Resolve 1 message(s)"));
        QTRY_COMPARE_WITH_TIMEOUT(text(*dialog, QStringLiteral("Result so far")),
                                  QStringLiteral("1 resolved"), 30'000);
        QCOMPARE(m_fixture->find(id)->state, MessageState::Delivered);
        dialog->close();
    }

    void opensTheMessagesOfAGroup()
    {
        failWith(404, 1);
        showFirst();
        QSignalSpy requested(m_page.get(), &DeadLettersPage::messagesRequested);
        QVERIFY(press(QStringLiteral("Show its messages")));
        QCOMPARE(requested.count(), 1);
        const auto filter = requested.at(0).at(0).value<MessageFilter>();
        QCOMPARE(filter.destination, QStringLiteral("orders"));
        QVERIFY(!filter.fingerprint.isEmpty());
    }

    void showsOneDestinationOnly()
    {
        failWith(404, 1);
        m_fixture->addDestination(QStringLiteral("others"));
        showFirst();
        auto* combo = test::named<QComboBox>(*m_page, QStringLiteral("Destination"));
        QTRY_VERIFY_WITH_TIMEOUT(combo->findData(QStringLiteral("others")) >= 0, 30'000);
        combo->setCurrentIndex(combo->findData(QStringLiteral("others")));
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("This destination has no dead letters.")),
                                 30'000);
    }

    void readsMoreGroupsAtTheEndOfTheList()
    {
        const std::vector<NewMessage> messages(450,
                                               test::messageFor(QStringLiteral("orders"), Duration(24h)));
        const auto scheduled = test::await<client::Scheduled>([&](QObject* context, auto answer) {
            auto distinct = messages;
            for (auto& message : distinct)
                message.id = {};
            m_fixture->client.schedule(m_fixture->workspace.actor, distinct, std::nullopt, context, answer);
        });
        QVERIFY2(scheduled, scheduled ? "" : qPrintable(scheduled.error().detail));
        m_fixture->database.exec(QStringLiteral(
            "UPDATE punctual.messages SET state = 'dead', attempts = 1, next_attempt_at = NULL, "
            "finished_at = now(), last_status = 404, fingerprint = md5(id::text)"));
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 200, 30'000);
        m_table->scrollToBottom();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 400, 30'000);
        m_table->scrollToBottom();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 450, 30'000);
        // It stays so when the page is read again, and the selection where it was.
        QCOMPARE(m_table->selectionModel()->selectedRows().front().row(), 0);
        m_page->refresh();
        const QSignalSpy shown(m_table->model(), &QAbstractItemModel::dataChanged);
        QTRY_VERIFY_WITH_TIMEOUT(!shown.isEmpty(), 30'000);
        QCOMPARE(m_table->model()->rowCount(), 450);
    }

    void tellsWhereItIsHeading_data()
    {
        QTest::addColumn<std::vector<qint64>>("hours");
        QTest::addColumn<Trend>("trend");
        const auto row = [](const char* sentence, qint64 before, qint64 recent, Trend trend) {
            std::vector<qint64> hours(24, before);
            std::fill(hours.end() - 3, hours.end(), recent);
            QTest::newRow(sentence) << hours << trend;
        };
        row("nothing for three hours is quiet", 5, 0, Trend::Quiet);
        row("nothing at all is quiet", 0, 0, Trend::Quiet);
        row("the first ones are a rise", 0, 1, Trend::Rising);
        row("more than twice as many are a rise", 2, 5, Trend::Rising);
        row("twice as many are not yet", 2, 4, Trend::Steady);
        row("as many as before are steady", 3, 3, Trend::Steady);
        row("less than half is a fall", 10, 4, Trend::Falling);
        QTest::newRow("no hours are quiet") << std::vector<qint64>() << Trend::Quiet;
    }

    void tellsWhereItIsHeading()
    {
        QFETCH(const std::vector<qint64>, hours);
        QFETCH(const Trend, trend);
        QVERIFY(trendOf(hours) == trend);
    }

private:
    void put(const Destination& destination)
    {
        const auto stored = test::await<client::PutDestination>([&](QObject* context, auto answer) {
            m_fixture->client.put(m_fixture->workspace.actor, destination, context, answer);
        });
        QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
    }

    /// Lets this many messages die of this status; the receiver is well again afterwards.
    void failWith(int status, int count)
    {
        m_receiver->replyAlways({.status = status, .body = "no " + QByteArray::number(status) + " here"});
        for (int i = 0; i < count; ++i) {
            const auto id = m_fixture->schedule(test::messageFor(QStringLiteral("orders")));
            QTRY_VERIFY_WITH_TIMEOUT(m_fixture->find(id)->state == MessageState::Dead, 30'000);
        }
        m_receiver->replyAlways({.status = 200});
    }

    void showFirst()
    {
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(m_table->selectionModel()->hasSelection(), 30'000);
    }

    bool press(const QString& text)
    {
        auto* button = test::button<QToolButton>(*m_page, text);
        if (button == nullptr || !button->isEnabled())
            return false;
        QTest::mouseClick(button, Qt::LeftButton);
        return true;
    }

    BulkDialog* waitForDialog()
    {
        return QTest::qWaitFor([&] { return m_page->findChild<BulkDialog*>() != nullptr; }, 30'000)
                   ? m_page->findChild<BulkDialog*>()
                   : nullptr;
    }

    static void run(BulkDialog& dialog, const QString& label)
    {
        QTRY_VERIFY_WITH_TIMEOUT(test::button<QPushButton>(dialog, label) != nullptr, 30'000);
        auto* start = test::button<QPushButton>(dialog, label);
        QVERIFY(start->isEnabled());
        QTest::mouseClick(start, Qt::LeftButton);
    }

    static QString text(const QWidget& parent, const QString& name)
    {
        const auto* label = test::named<QLabel>(parent, name);
        return label != nullptr ? label->text() : QString();
    }

    static QString replaysThatAre(const QString& state)
    {
        return QStringLiteral(
                   "SELECT count(*) FROM punctual.messages WHERE replay_of IS NOT NULL AND state = '%1'")
            .arg(state);
    }

    bool anyLabelSays(const QString& start)
    {
        const auto labels = m_page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&start](const QLabel* label) {
            return label->isVisible() && label->text().startsWith(start);
        });
    }

    QString cell(int row, int column) { return m_table->model()->index(row, column).data().toString(); }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<test::Receiver> m_receiver;
    std::unique_ptr<runtime::NodeHost> m_node;
    std::unique_ptr<DeadLettersPage> m_page;
    QTableView* m_table = nullptr;
};

} // namespace punctual::ui

using punctual::ui::DeadLettersPageTest;
QTEST_MAIN(DeadLettersPageTest)

#include "dead_letters_page_test.moc"
