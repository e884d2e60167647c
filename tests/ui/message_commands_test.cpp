// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uuid_v7.h"
#include "fixture.h"
#include "ui/common/result_bar.h"
#include "ui/messages/edit_dialog.h"
#include "ui/messages/message_model.h"
#include "ui/messages/message_table.h"
#include "ui/messages/messages_page.h"
#include "ui/messages/reschedule_dialog.h"
#include "ui/messages/resolve_dialog.h"
#include "ui/messages/time_line_model.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>

namespace punctual::ui
{

using namespace std::chrono_literals;

class MessageCommandsTest : public QObject
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
    }

    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void undoesACancel()
    {
        const auto id = scheduleAndSelect(1h);
        auto* undo = test::button<QPushButton>(*m_page, QStringLiteral("Undo"));
        QVERIFY(!undo->isVisible());
        test::triggerWhenEnabled(*commands().cancel);
        QTRY_VERIFY_WITH_TIMEOUT(undo->isVisible(), 30'000);
        QCOMPARE(m_fixture->find(id)->state, MessageState::Cancelled);
        undo->click();
        QTRY_VERIFY_WITH_TIMEOUT(result().contains(QStringLiteral("1 message(s) restored.")), 30'000);
        QVERIFY(!undo->isVisible());
        QCOMPARE(m_fixture->find(id)->state, MessageState::Scheduled);
    }

    void undoesByACommand()
    {
        const auto id = scheduleAndSelect(1h);
        auto* undo = m_page->undoAction();
        QVERIFY(!undo->isEnabled());
        test::triggerWhenEnabled(*commands().cancel);
        QTRY_VERIFY_WITH_TIMEOUT(undo->isEnabled(), 30'000);
        test::triggerWhenEnabled(*undo);
        QVERIFY(!undo->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->find(id)->state, MessageState::Scheduled, 30'000);
    }

    void restoresOnlyWhatIsCancelled()
    {
        const auto id = scheduleAndSelect(1h);
        QVERIFY(!commands().restore->isEnabled());
        QVERIFY(commands().restore->toolTip().contains(QStringLiteral("Only what is cancelled")));
        test::triggerWhenEnabled(*commands().cancel);
        QTRY_VERIFY_WITH_TIMEOUT(commands().restore->isEnabled(), 30'000);
        test::triggerWhenEnabled(*commands().restore);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->find(id)->state, MessageState::Scheduled, 30'000);
    }

    void saysThatARestoreComesTooLate()
    {
        const auto id = scheduleAndSelect(1h);
        test::triggerWhenEnabled(*commands().cancel);
        QTRY_VERIFY_WITH_TIMEOUT(commands().restore->isEnabled(), 30'000);
        m_fixture->database.exec(
            QStringLiteral(
                "UPDATE punctual.messages SET due_at = now() - interval '1 minute' WHERE id = '%1'")
                .arg(toText(id)));
        test::triggerWhenEnabled(*commands().restore);
        QTRY_VERIFY_WITH_TIMEOUT(result().contains(QStringLiteral("Too late")), 30'000);
        QCOMPARE(m_fixture->find(id)->state, MessageState::Cancelled);
    }

    void reschedulesToWhatIsChosen()
    {
        const auto id = scheduleAndSelect(1h);
        test::triggerWhenEnabled(*commands().reschedule);
        auto* dialog = m_page->findChild<RescheduleDialog*>();
        QVERIFY(dialog);
        const int year = QDate::currentDate().year() + 1;
        test::named<QDateTimeEdit>(*dialog, QStringLiteral("Date and time when it is due"))
            ->setDateTime(QDateTime(QDate(year, 1, 15), QTime(9, 0), Qt::UTC));
        test::button<QPushButton>(*dialog, QStringLiteral("Reschedule"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(toRfc3339(m_fixture->find(id)->dueAt),
                                  QStringLiteral("%1-01-15T08:00:00.000Z").arg(year), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(result().startsWith(QStringLiteral("1 message(s) rescheduled to")), 30'000);
    }

    void beginsAReschedulingWithThePresentTime()
    {
        const auto id = scheduleAndSelect(25h);
        test::triggerWhenEnabled(*commands().reschedule);
        auto* dialog = m_page->findChild<RescheduleDialog*>();
        QSignalSpy chosen(dialog, &RescheduleDialog::chosen);
        test::button<QPushButton>(*dialog, QStringLiteral("Reschedule"))->click();
        QCOMPARE(chosen.count(), 1);
        const Instant same = m_fixture->find(id)->dueAt;
        QVERIFY(std::chrono::abs(chosen.at(0).at(0).value<Instant>() - same) < 1ms);
    }

    void editsWhatWaits()
    {
        const auto id = scheduleAndSelect(1h);
        const Instant due = m_fixture->find(id)->dueAt;
        auto* dialog = openEditor();
        test::named<QPlainTextEdit>(*dialog, QStringLiteral("Payload"))
            ->setPlainText(QStringLiteral("{\"order\": 8}"));
        test::named<QLineEdit>(*dialog, QStringLiteral("Tags"))->setText(QStringLiteral("promo, spring"));
        test::named<QComboBox>(*dialog, QStringLiteral("Priority"))->setCurrentIndex(0);
        test::button<QPushButton>(*dialog, QStringLiteral("Save"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(result(), QStringLiteral("The message was changed."), 30'000);
        const auto changed = m_fixture->find(id);
        QCOMPARE(changed->content->body, QByteArray("{\"order\": 8}"));
        QCOMPARE(changed->tags, (QStringList{QStringLiteral("promo"), QStringLiteral("spring")}));
        QCOMPARE(changed->priority, Priority::High);
        QCOMPARE(changed->dueAt, due);
    }

    void doesNotEditOverAnothersChange()
    {
        const auto id = scheduleAndSelect(1h);
        auto* dialog = openEditor();
        m_fixture->database.exec(
            QStringLiteral("UPDATE punctual.messages SET updated_at = now() + interval '1 second'"));
        test::named<QPlainTextEdit>(*dialog, QStringLiteral("Payload"))->setPlainText(QStringLiteral("{}"));
        test::button<QPushButton>(*dialog, QStringLiteral("Save"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(result().startsWith(QStringLiteral("Not changed: somebody changed it")),
                                 30'000);
        QCOMPARE(m_fixture->find(id)->content->body, QByteArray("{\"order\":7}"));
    }

    void resolvesWithAReason()
    {
        const auto id = schedule(0s);
        m_fixture->database.exec(
            QStringLiteral("UPDATE punctual.messages SET state = 'unknown', attempts = 1, "
                           "next_attempt_at = NULL WHERE id = '%1'")
                .arg(toText(id)));
        showRows(1);
        m_table->select(id);
        QTRY_VERIFY_WITH_TIMEOUT(commands().resolve->isEnabled(), 30'000);
        test::triggerWhenEnabled(*commands().resolve);
        auto* dialog = m_page->findChild<ResolveDialog*>();
        auto* accept = test::button<QPushButton>(*dialog, QStringLiteral("Resolve"));
        test::button<QRadioButton>(*dialog, QStringLiteral("It arrived"))->click();
        QVERIFY(!accept->isEnabled()); // no reason yet
        test::named<QLineEdit>(*dialog, QStringLiteral("Reason"))->setText(QStringLiteral("ticket 4711"));
        accept->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->find(id)->state, MessageState::Delivered, 30'000);
        QCOMPARE(m_fixture->database
                     .value(QStringLiteral("SELECT reason FROM punctual.audit WHERE action = 'resolve'"))
                     .toString(),
                 QStringLiteral("ticket 4711"));
        QTRY_VERIFY_WITH_TIMEOUT(timeLine().contains(QStringLiteral("Resolved by tester")), 30'000);
        QVERIFY(timeLine().contains(QStringLiteral("ticket 4711")));
    }

    void saysWhyItHasNotGone()
    {
        scheduleAndSelect(1h);
        const auto* why = test::named<QLabel>(*m_page, QStringLiteral("Why it has not gone yet"));
        // Nothing delivers in this test.
        QTRY_VERIFY_WITH_TIMEOUT(why->isVisible(), 30'000);
        QVERIFY(!why->text().isEmpty());
        QVERIFY(!why->text().contains(u'%'));
    }

    void tellsItsLife()
    {
        const auto id = scheduleAndSelect(1h);
        QAbstractItemModelTester tester(m_page->findChild<TimeLineModel*>());
        QTRY_COMPARE_WITH_TIMEOUT(m_page->findChild<TimeLineModel*>()->rowCount(), 2, 30'000);
        test::triggerWhenEnabled(*commands().cancel);
        QTRY_VERIFY_WITH_TIMEOUT(timeLine().contains(QStringLiteral("Cancelled by tester")), 30'000);
        QVERIFY(timeLine().contains(QStringLiteral("Scheduled → Cancelled")));
        QCOMPARE(m_table->selectedIds(), std::vector{id});
    }

    void leadsToRelatedMessages()
    {
        const auto id = scheduleAndSelect(1h);
        test::triggerWhenEnabled(*commands().cancel);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->find(id)->state, MessageState::Cancelled, 30'000);
        test::triggerWhenEnabled(*commands().replay);
        auto* replays = test::named<QLabel>(*m_page, QStringLiteral("Sent again as"));
        QTRY_VERIFY_WITH_TIMEOUT(replays->isVisible(), 30'000);
        const QUuid replay(m_fixture->database
                               .value(QStringLiteral("SELECT id::text FROM punctual.messages WHERE "
                                                     "replay_of IS NOT NULL"))
                               .toString());
        QVERIFY(replays->text().contains(toText(replay)));
        Q_EMIT replays->linkActivated(toText(replay));
        QTRY_COMPARE_WITH_TIMEOUT(m_table->selectedIds(), std::vector{replay}, 30'000);
        auto* origin = test::named<QLabel>(*m_page, QStringLiteral("Sent again from"));
        QTRY_VERIFY_WITH_TIMEOUT(origin->isVisible() && origin->text().contains(toText(id)), 30'000);
    }

    void copiesACommandWithoutSecrets()
    {
        auto destination =
            test::destinationAt(QStringLiteral("http://127.0.0.1:9/hook"), QStringLiteral("signed"));
        destination.headers = {{"Authorization", "Bearer very-secret"}, {"X-Campaign", "spring"}};
        destination.credentials.signingSecret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        const auto put = test::await<client::PutDestination>([&](QObject* context, auto answer) {
            m_fixture->client.put(m_fixture->workspace.actor, destination, context, answer);
        });
        QVERIFY(put);
        auto message = test::messageFor(QStringLiteral("signed"), Duration(1h));
        message.content.body = "{\"who\": \"O'Neill\"}";
        const auto id = m_fixture->schedule(message);
        showRows(1);
        m_table->select(id);
        QGuiApplication::clipboard()->clear();
        test::triggerWhenEnabled(*commands().copyCurl);
        QTRY_VERIFY_WITH_TIMEOUT(!QGuiApplication::clipboard()->text().isEmpty(), 30'000);
        const QString command = QGuiApplication::clipboard()->text();
        QVERIFY(command.contains(QStringLiteral("--url 'http://127.0.0.1:9/hook'")));
        QVERIFY(command.contains(QStringLiteral("--header 'X-Campaign: spring'")));
        QVERIFY(command.contains(QStringLiteral("--header 'Idempotency-Key: %1'").arg(toText(id))));
        QVERIFY(command.contains(QStringLiteral("O'\\''Neill")));
        QVERIFY(command.contains(QStringLiteral("'Authorization: (hidden)'")));
        QVERIFY(!command.contains(QStringLiteral("very-secret")));
        QVERIFY(!command.contains(QStringLiteral("MDEyMz")));
    }

private:
    const MessageActionSet& commands() { return m_page->actionSet(); }
    const MessageModel& model() { return *qobject_cast<MessageModel*>(m_table->model()); }
    QString result() { return m_page->findChild<ResultBar*>()->text(); }

    MessageId schedule(Duration delay)
    {
        return m_fixture->schedule(test::messageFor(QStringLiteral("orders"), delay));
    }

    MessageId scheduleAndSelect(Duration delay)
    {
        const auto id = schedule(delay);
        showRows(1);
        m_table->select(id);
        return id;
    }

    EditDialog* openEditor()
    {
        test::triggerWhenEnabled(*commands().edit);
        const auto find = [this] { return m_page->findChild<EditDialog*>(); };
        if (!QTest::qWaitFor([&] { return find() != nullptr; }, 30'000))
            qFatal("there is no dialog");
        return find();
    }

    void showRows(int count)
    {
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), count, 30'000);
    }

    QString timeLine()
    {
        const auto* model = m_page->findChild<TimeLineModel*>();
        QStringList lines;
        for (int row = 0; row < model->rowCount(); ++row)
            lines << model->index(row).data().toString();
        return lines.join(u'\n');
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<MessagesPage> m_page;
    MessageTable* m_table = nullptr;
};

} // namespace punctual::ui

using punctual::ui::MessageCommandsTest;
QTEST_MAIN(MessageCommandsTest)

#include "message_commands_test.moc"
