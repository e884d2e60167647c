// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uuid_v7.h"
#include "fixture.h"
#include "ui/messages/message_details.h"
#include "ui/messages/message_model.h"
#include "ui/messages/message_table.h"
#include "ui/messages/messages_page.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

/// As long as it lives, nobody can read messages: a question waits and waits.
class Standstill
{
public:
    explicit Standstill(test::TestDatabase& database)
        : m_database(database)
    {
        m_database.exec(QStringLiteral("BEGIN; LOCK TABLE punctual.messages IN ACCESS EXCLUSIVE MODE"));
    }
    Standstill(const Standstill&) = delete;
    Standstill& operator=(const Standstill&) = delete;
    ~Standstill() { m_database.exec(QStringLiteral("ROLLBACK")); }

private:
    test::TestDatabase& m_database;
};

} // namespace

class MessagesPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_fixture->addDestination(QStringLiteral("orders"));
        m_page = std::make_unique<MessagesPage>(m_fixture->workspace);
        m_page->resize(1100, 700);
        m_table = m_page->findChild<MessageTable*>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_table->model());
    }

    void cleanup()
    {
        m_tester.reset();
        m_page.reset();
        m_fixture.reset();
    }

    void saysThatThereIsNothing()
    {
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("There are no messages yet")), 30'000);
    }

    void showsNewMessagesWithoutReset()
    {
        const auto first = schedule(1h);
        showRows(1);
        QVERIFY(m_table->select(first));
        const QSignalSpy reset(m_table->model(), &QAbstractItemModel::modelReset);
        schedule(2h);
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 2, 30'000);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(m_table->selectedIds(), std::vector{first});
    }

    void pagesThroughThousands()
    {
        std::vector<NewMessage> many;
        for (int i = 0; i < 1000; ++i)
            many.push_back(test::messageFor(QStringLiteral("orders"), std::chrono::minutes(i + 1)));
        const auto stored = test::await<client::Scheduled>([&](QObject* context, auto answer) {
            m_fixture->client.schedule(m_fixture->workspace.actor, many, std::nullopt, context, answer);
        });
        QVERIFY(stored);
        showRows(200);
        const auto rowsAfterScrolling = [this] {
            m_table->verticalScrollBar()->setValue(m_table->verticalScrollBar()->maximum());
            return m_table->model()->rowCount();
        };
        QTRY_COMPARE_WITH_TIMEOUT(rowsAfterScrolling(), 1000, 20'000);
        QVERIFY(!m_table->model()->canFetchMore({}));
    }

    void filtersByStateAndText()
    {
        schedule(1h);
        NewMessage special = test::messageFor(QStringLiteral("orders"), Duration(2h));
        special.key = QStringLiteral("customer-12");
        const auto id = m_fixture->schedule(special);
        showRows(2);
        auto* search = test::named<QLineEdit>(*m_page, QStringLiteral("Search"));
        QTest::keyClicks(search, QStringLiteral("customer-1"));
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 1, 30'000);
        QCOMPARE(model().at(0).id, id);
        search->clear();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 2, 30'000);
        test::named<QComboBox>(*m_page, QStringLiteral("State"))->setCurrentText(QStringLiteral("Cancelled"));
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("No message fits this filter.")), 30'000);
    }

    /// Farther than the database looks for one page.
    void findsATextFarDown()
    {
        NewMessage special = test::messageFor(QStringLiteral("orders"), Duration(1h));
        special.key = QStringLiteral("customer-12");
        const auto id = m_fixture->schedule(special);
        m_fixture->database.exec(QStringLiteral(
            "INSERT INTO punctual.messages_live (id, due_at, max_attempts, shard, next_attempt_at, "
            "destination, "
            "content_type, body) SELECT gen_random_uuid(), m.due_at + i * interval '1 s', m.max_attempts, "
            "m.shard, m.next_attempt_at, m.destination, m.content_type, m.body "
            "FROM punctual.messages_live m, generate_series(1, 250000) AS i"));
        showRows(200);
        auto* search = test::named<QLineEdit>(*m_page, QStringLiteral("Search"));
        QTest::keyClicks(search, QStringLiteral("customer-1"));
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 1, 60'000);
        QCOMPARE(model().at(0).id, id);
        QTRY_VERIFY_WITH_TIMEOUT(!anyLabelSays(QStringLiteral("Still looking")), 60'000);
        // Another one comes far behind where the first look ends.
        special.key = QStringLiteral("customer-13");
        special.id = {};
        special.due = Duration(30min);
        m_fixture->schedule(special);
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 2, 60'000);
        search->setText(QStringLiteral("nowhere"));
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("No message fits this filter.")), 60'000);
    }

    void showsBodyAndFactsOfTheSelectedOne()
    {
        const auto id = schedule(1h);
        showRows(1);
        m_table->select(id);
        const auto* body = test::named<QPlainTextEdit>(*m_page, QStringLiteral("Body of the message"));
        QTRY_COMPARE_WITH_TIMEOUT(body->toPlainText(), QStringLiteral("{\n  \"order\": 7\n}"), 30'000);
        QVERIFY(anyLabelSays(toText(id)));
    }

    void showsNoOtherMessageThanTheSelectedOne()
    {
        const auto first = schedule(1h);
        const auto second = schedule(2h);
        showRows(2);
        m_table->select(first);
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(toText(first)), 30'000);
        m_table->select(second);
        QVERIFY(!anyLabelSays(toText(first))); // its words are gone before the answer comes
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(toText(second)), 30'000);
    }

    void saysThatTheAttemptsCannotBeRead()
    {
        m_fixture->database.exec(QStringLiteral("ALTER TABLE punctual.attempts RENAME TO elsewhere"));
        const auto id = schedule(1h);
        showRows(1);
        m_table->select(id);
        auto* details = m_page->findChild<MessageDetails*>();
        details->openTab(MessageDetails::Tab::Attempts);
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("Something went wrong inside Punctual.")),
                                 30'000);
        QVERIFY(anyLabelSays(toText(id)));
    }

    void tellsThatTheDatabaseIsSlowToAnswer()
    {
        schedule(1h);
        showRows(1);
        const Standstill standstill(m_fixture->database);
        QTRY_VERIFY_WITH_TIMEOUT(
            anyLabelSays(QStringLiteral("Not up to date. The database is slow to answer.")), 30'000);
        QVERIFY(m_table->isVisible());
    }

    void doesNotTakeRowsOfOneFilterForThoseOfAnother()
    {
        schedule(1h);
        showRows(1);
        {
            const Standstill standstill(m_fixture->database);
            test::named<QComboBox>(*m_page, QStringLiteral("State"))
                ->setCurrentText(QStringLiteral("Cancelled"));
            QTRY_VERIFY_WITH_TIMEOUT(!m_table->isVisible(), 2'000);
            QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("The database is slow to answer.")), 30'000);
            QVERIFY(!m_table->isVisible());
        }
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("No message fits this filter.")), 30'000);
    }

    void cancelsAfterAsking()
    {
        const auto id = schedule(1h);
        showRows(1);
        m_table->select(id);
        m_fixture->dialogs.accepts = false;
        test::triggerWhenEnabled(*m_page->actionSet().cancel);
        QCOMPARE(m_fixture->dialogs.asked.size(), 1);
        QCOMPARE(m_fixture->find(id)->state, MessageState::Scheduled);
        m_fixture->dialogs.accepts = true;
        m_page->activateWindow();
        m_table->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QTest::keyClick(m_table, Qt::Key_Delete);
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("Cancelled. It will not be sent.")), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(model().at(0).state, MessageState::Cancelled, 30'000);
    }

    void cancelsSeveral()
    {
        schedule(1h);
        schedule(2h);
        schedule(3h);
        showRows(3);
        m_table->selectAll();
        test::triggerWhenEnabled(*m_page->actionSet().cancel);
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("3 message(s) cancelled.")), 30'000);
    }

    void sendsAgainAfterAsking()
    {
        const auto id = schedule(1h);
        showRows(1);
        m_table->select(id);
        QVERIFY(!m_page->actionSet().replay->isEnabled());
        QCOMPARE(m_page->actionSet().replay->statusTip(),
                 QStringLiteral("Only what is over can be sent again."));
        test::triggerWhenEnabled(*m_page->actionSet().cancel);
        QTRY_COMPARE_WITH_TIMEOUT(model().at(0).state, MessageState::Cancelled, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_page->actionSet().replay->isEnabled(), 30'000);
        test::triggerWhenEnabled(*m_page->actionSet().replay);
        QTRY_VERIFY_WITH_TIMEOUT(anyLabelSays(QStringLiteral("1 message(s) scheduled again.")), 30'000);
        showRows(2);
        QCOMPARE(m_fixture->dialogs.asked.size(), 2);
    }

    void copiesTheId()
    {
        const auto id = schedule(1h);
        showRows(1);
        m_table->select(id);
        test::triggerWhenEnabled(*m_page->actionSet().copyId);
        QCOMPARE(QGuiApplication::clipboard()->text(), toText(id));
    }

    void findsAMessageForAnotherPage()
    {
        const auto id = schedule(1h);
        schedule(2h);
        m_page->showMessage(id);
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->selectedIds(), std::vector{id}, 30'000);
        QCOMPARE(m_table->model()->rowCount(), 1);
    }

private:
    MessageId schedule(Duration delay)
    {
        return m_fixture->schedule(test::messageFor(QStringLiteral("orders"), delay));
    }

    const MessageModel& model() { return *qobject_cast<MessageModel*>(m_table->model()); }

    void showRows(int count)
    {
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), count, 30'000);
    }

    bool anyLabelSays(const QString& text)
    {
        const auto labels = m_page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&text](const QLabel* label) {
            return label->isVisible() && label->text().contains(text);
        });
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<MessagesPage> m_page;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    MessageTable* m_table = nullptr;
};

} // namespace punctual::ui

using punctual::ui::MessagesPageTest;
QTEST_MAIN(MessagesPageTest)

#include "messages_page_test.moc"
