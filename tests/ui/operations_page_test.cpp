// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operation_json.h"
#include "fixture.h"
#include "runtime/node_host.h"
#include "ui/operations/bulk_dialog.h"
#include "ui/operations/operation_model.h"
#include "ui/operations/operation_text.h"
#include "ui/operations/operations_page.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>

namespace punctual::ui
{

using namespace std::chrono_literals;

class OperationsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_messages.clear();
        m_fixture = std::make_unique<test::Fixture>();
        m_fixture->addDestination(QStringLiteral("orders"));
        m_page = std::make_unique<OperationsPage>(m_fixture->workspace);
        m_page->resize(1100, 700);
    }

    void cleanup()
    {
        m_page.reset();
        m_node.reset();
        m_fixture.reset();
    }

    void saysThatThereIsNone()
    {
        m_page->show();
        QTRY_VERIFY_WITH_TIMEOUT(labelThatSays(*m_page, QStringLiteral("No bulk operation yet")), 30'000);
    }

    void cancelsAllThatMatchAndUndoesIt()
    {
        addMessages(3);
        startNode();
        auto* dialog =
            open({.action = OperationAction::Cancel, .filter = {.destination = QStringLiteral("orders")}});
        auto* table = test::named<QTableView>(*dialog, QStringLiteral("The first of the messages"));
        const QAbstractItemModelTester tester(table->model());
        auto* start = waitForStart(*dialog, QStringLiteral("Cancel 3 message(s)"));
        QVERIFY(start != nullptr);
        QCOMPARE(table->model()->rowCount(), 3);
        test::named<QLineEdit>(*dialog, QStringLiteral("Reason"))->setText(QStringLiteral("ticket 4711"));
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(text(*dialog, QStringLiteral("State of the operation")),
                                  QStringLiteral("Done"), 30'000);
        QCOMPARE(text(*dialog, QStringLiteral("Result so far")), QStringLiteral("3 cancelled"));
        QVERIFY(text(*dialog, QStringLiteral("Who and why")).endsWith(QStringLiteral("Why: ticket 4711")));
        QCOMPARE(test::named<QProgressBar>(*dialog, QStringLiteral("Progress"))->value(), 1000);

        QTest::mouseClick(test::button<QPushButton>(*dialog, QStringLiteral("Undo")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(text(*dialog, QStringLiteral("Result so far")),
                                  QStringLiteral("3 restored"), 30'000);
        QVERIFY(m_fixture->dialogs.asked.last().startsWith(QStringLiteral("Restore what was cancelled?")));
        QCOMPARE(m_fixture->find(m_messages.front())->state, MessageState::Scheduled);
        closeAndWait(dialog);
    }

    void listsThemWithProgressAndReason()
    {
        addMessages(2);
        startNode();
        start({.action = OperationAction::Cancel, .filter = {.destination = QStringLiteral("orders")}},
              QStringLiteral("a mistake"));
        m_page->show();
        auto* table = test::named<QTableView>(*m_page, QStringLiteral("Operations"));
        const QAbstractItemModelTester tester(table->model());
        QTRY_COMPARE_WITH_TIMEOUT(cell(0, OperationModel::State), QStringLiteral("Done"), 30'000);
        QCOMPARE(cell(0, OperationModel::Progress), QStringLiteral("2 of 2"));
        QCOMPARE(cell(0, OperationModel::Verdicts), QStringLiteral("2 cancelled"));
        QCOMPARE(cell(0, OperationModel::Reason), QStringLiteral("a mistake"));
        QCOMPARE(cell(0, OperationModel::About), QStringLiteral("orders"));
        QTRY_COMPARE_WITH_TIMEOUT(text(*m_page, QStringLiteral("Result so far")),
                                  QStringLiteral("2 cancelled"), 30'000);
        QTest::mouseClick(test::button<QPushButton>(*m_page, QStringLiteral("Undo")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(cell(0, OperationModel::Verdicts), QStringLiteral("2 restored"), 30'000);
        QCOMPARE(cell(0, OperationModel::Action), QStringLiteral("Undo a cancel"));
        QTRY_COMPARE_WITH_TIMEOUT(table->selectionModel()->selectedRows().front().row(), 0, 30'000);
    }

    void abortsOneThatRuns()
    {
        addMessages(2);
        start({.action = OperationAction::Cancel, .filter = {.destination = QStringLiteral("orders")}}, {});
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(cell(0, OperationModel::State), QStringLiteral("Running"), 30'000);
        QVERIFY(
            text(*m_page, QStringLiteral("Result so far")).startsWith(QStringLiteral("Waiting for a node")));
        auto* abort = test::button<QPushButton>(*m_page, QStringLiteral("Abort"));
        QTRY_VERIFY_WITH_TIMEOUT(abort->isVisible(), 30'000);
        QTest::mouseClick(abort, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(cell(0, OperationModel::State), QStringLiteral("Aborted"), 30'000);
        QVERIFY(!abort->isVisible());
        QCOMPARE(m_fixture->find(m_messages.front())->state, MessageState::Scheduled);
    }

    void keepsTheSelectionWhenANewOneComes()
    {
        addMessages(1);
        start({.action = OperationAction::Cancel, .filter = {.tag = QStringLiteral("none")}},
              QStringLiteral("first"));
        m_page->show();
        auto* table = test::named<QTableView>(*m_page, QStringLiteral("Operations"));
        QTRY_COMPARE_WITH_TIMEOUT(table->selectionModel()->selectedRows().size(), 1, 30'000);
        start({.action = OperationAction::Cancel, .filter = {.tag = QStringLiteral("none")}},
              QStringLiteral("second"));
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 2, 30'000);
        QCOMPARE(cell(0, OperationModel::Reason), QStringLiteral("second"));
        QCOMPARE(table->selectionModel()->selectedRows().front().row(), 1);
        QVERIFY(text(*m_page, QStringLiteral("Result so far")) == QStringLiteral("No message fitted."));
    }

    void movesAllThatMatch()
    {
        addMessages(2);
        startNode();
        const Instant before = m_fixture->find(m_messages.front())->dueAt;
        auto* dialog = open(
            {.action = OperationAction::Reschedule, .filter = {.destination = QStringLiteral("orders")}});
        auto* by = test::named<QLineEdit>(*dialog, QStringLiteral("Move each by"));
        by->setText(QStringLiteral("soon"));
        QCOMPARE(text(*dialog, QStringLiteral("Preview")),
                 QStringLiteral("Give a span such as 5s, 1h30m or 10d."));
        by->setText(QStringLiteral("30m"));
        auto* start = waitForStart(*dialog, QStringLiteral("Reschedule 2 message(s)"));
        QVERIFY(start != nullptr);
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(text(*dialog, QStringLiteral("Result so far")),
                                  QStringLiteral("2 rescheduled"), 30'000);
        QCOMPARE(m_fixture->find(m_messages.front())->dueAt - before, Duration(30min));
        QVERIFY(!test::button<QPushButton>(*dialog, QStringLiteral("Undo"))->isVisible());
        closeAndWait(dialog);
    }

    void startsNothingElseThanItShowed()
    {
        startNode();
        addMessages(2);
        auto* dialog =
            open({.action = OperationAction::Cancel, .filter = {.destination = QStringLiteral("orders")}});
        auto* start = waitForStart(*dialog, QStringLiteral("Cancel 2 message(s)"));
        QVERIFY(start != nullptr);
        addMessages(1); // by somebody else, meanwhile
        QTest::mouseClick(start, Qt::LeftButton);
        start = waitForStart(*dialog, QStringLiteral("Cancel 3 message(s)"));
        QVERIFY(start != nullptr);
        QVERIFY(text(*dialog, QStringLiteral("Preview")).startsWith(QStringLiteral("Nothing was started")));
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(text(*dialog, QStringLiteral("Result so far")),
                                  QStringLiteral("3 cancelled"), 30'000);
        closeAndWait(dialog);
    }

    void offersOnlyWhatTheActionKnows()
    {
        addMessages(1);
        auto* cancel = open({.action = OperationAction::Cancel, .filter = {.tag = QStringLiteral("none")}});
        QTRY_COMPARE_WITH_TIMEOUT(text(*cancel, QStringLiteral("Preview")),
                                  QStringLiteral("No message fits now."), 30'000);
        QVERIFY(cancel->findChildren<QCheckBox*>().isEmpty());
        QVERIFY(cancel->findChildren<QRadioButton*>().isEmpty());
        QVERIFY(test::named<QSpinBox>(*cancel, QStringLiteral("Pace")) != nullptr);
        closeAndWait(cancel);
        auto* resolve =
            open({.action = OperationAction::Resolve, .filter = {.destination = QStringLiteral("orders")}});
        QCOMPARE(test::named<QComboBox>(*resolve, QStringLiteral("What became of them"))->count(), 3);
        closeAndWait(resolve);
    }

    void saysThatRightsDoNotAllowIt()
    {
        addMessages(1);
        m_fixture->workspace.actor.role = Role::Viewer;
        auto* dialog =
            open({.action = OperationAction::Cancel, .filter = {.destination = QStringLiteral("orders")}});
        QTRY_COMPARE_WITH_TIMEOUT(text(*dialog, QStringLiteral("Preview")),
                                  QStringLiteral("Your rights do not allow this."), 30'000);
        closeAndWait(dialog);
    }

    void wordsWhatItIsAbout()
    {
        const QTimeZone zone(QByteArrayLiteral("Europe/Berlin"));
        const MessageFilter filter{.states = {MessageState::Dead, MessageState::Expired},
                                   .destination = QStringLiteral("orders"),
                                   .tag = QStringLiteral("promo"),
                                   .dueAfter = test::at(),
                                   .dueBefore = test::at(20min)};
        QCOMPARE(filterText(filter, zone),
                 QStringLiteral("Dead / Expired, orders, tag promo, due from 1 Dec 2026 10:00:00 CET to "
                                "10:20:00"));
        QCOMPARE(filterText(MessageFilter{}, zone), QStringLiteral("All messages"));
        const MessageFilter attempts{.attemptedAfter = test::at(), .results = {AttemptResult::ServerError}};
        QCOMPARE(filterText(toJson(attempts), zone),
                 QStringLiteral("with an attempt (from 1 Dec 2026 10:00:00 CET, 5xx)"));
        QCOMPARE(filterText(MessageFilter{.attemptedBefore = test::at()}, zone),
                 QStringLiteral("with an attempt (before 1 Dec 2026 10:00:00 CET)"));
        const QJsonObject json{{QStringLiteral("state"), QJsonArray{QStringLiteral("dead")}},
                               {QStringLiteral("due_after"), QStringLiteral("2026-12-01T09:00:00.000000Z")}};
        QCOMPARE(filterText(json, zone), QStringLiteral("Dead, due from 1 Dec 2026 10:00:00 CET on"));
        const QJsonObject options{{QStringLiteral("canary"), true},
                                  {QStringLiteral("per_second"), 50},
                                  {QStringLiteral("shift_ms"), -3'600'000}};
        QCOMPARE(optionsText(options, zone),
                 QStringLiteral("as a canary, at most 50 a second, earlier by 1 h"));
        Operation operation;
        operation.action = OperationAction::Reschedule;
        operation.verdicts = {{QStringLiteral("cancelled"), 2},
                              {QStringLiteral("not_found"), 1},
                              {QStringLiteral("rescheduled"), 1200}};
        QCOMPARE(verdictsText(operation),
                 QStringLiteral("1,200 rescheduled, 2 not touched: Cancelled, 1 not found"));
    }

private:
    void addMessages(int count)
    {
        for (int i = 0; i < count; ++i)
            m_messages.push_back(
                m_fixture->schedule(test::messageFor(QStringLiteral("orders"), Duration(1h))));
    }

    void startNode()
    {
        m_node = std::make_unique<runtime::NodeHost>(m_fixture->database.address(),
                                                     runtime::NodeOptions{QStringLiteral("test")});
        m_node->start();
    }

    void start(const NewOperation& wanted, const QString& reason)
    {
        auto actor = m_fixture->workspace.actor;
        actor.reason = reason;
        const auto started = test::await<Operation>([&](QObject* context, auto answer) {
            m_fixture->client.startOperation(actor, wanted, context, answer);
        });
        QVERIFY2(started, started ? "" : qPrintable(started.error().detail));
    }

    BulkDialog* open(const NewOperation& wanted)
    {
        auto* dialog = new BulkDialog(m_fixture->workspace, wanted, m_page.get());
        dialog->open();
        return dialog;
    }

    static void closeAndWait(BulkDialog* dialog)
    {
        const QPointer<BulkDialog> there(dialog);
        QTest::mouseClick(test::button<QPushButton>(*dialog, QStringLiteral("Close")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(there.isNull(), 30'000);
    }

    /// The button that starts it, as soon as it says this and may be pressed.
    static QPushButton* waitForStart(BulkDialog& dialog, const QString& text)
    {
        const auto find = [&]() -> QPushButton* {
            auto* found = test::button<QPushButton>(dialog, text);
            return found != nullptr && found->isEnabled() ? found : nullptr;
        };
        return QTest::qWaitFor([&] { return find() != nullptr; }, 30'000) ? find() : nullptr;
    }

    static QString text(const QWidget& parent, const QString& name)
    {
        const auto* label = test::named<QLabel>(parent, name);
        return label != nullptr ? label->text() : QString();
    }

    static bool labelThatSays(const QWidget& parent, const QString& start)
    {
        const auto labels = parent.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&start](const QLabel* label) { return label->text().startsWith(start); });
    }

    QString cell(int row, int column)
    {
        const auto* table = test::named<QTableView>(*m_page, QStringLiteral("Operations"));
        return table->model()->index(row, column).data().toString();
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<runtime::NodeHost> m_node;
    std::unique_ptr<OperationsPage> m_page;
    std::vector<MessageId> m_messages;
};

} // namespace punctual::ui

using punctual::ui::OperationsPageTest;
QTEST_MAIN(OperationsPageTest)

#include "operations_page_test.moc"
