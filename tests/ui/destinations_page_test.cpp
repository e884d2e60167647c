// SPDX-License-Identifier: GPL-3.0-or-later
#include "fixture.h"
#include "statistics.h"
#include "ui/destinations/destination_model.h"
#include "ui/destinations/destination_state.h"
#include "ui/destinations/destinations_page.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

namespace punctual::ui
{

using namespace std::chrono_literals;

class DestinationsPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        auto orders = test::destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("orders"));
        orders.quota = Quota{100, QuotaPeriod::Day, QByteArrayLiteral("UTC")};
        orders.credentials.signingSecret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
        orders.headers = {{"X-Campaign", "spring"}};
        put(orders);
        m_page = std::make_unique<DestinationsPage>(m_fixture->workspace);
        m_page->resize(1100, 700);
        m_table = test::named<QTableView>(*m_page, QStringLiteral("Destinations"));
        m_tester = std::make_unique<QAbstractItemModelTester>(m_table->model());
    }

    void cleanup()
    {
        m_tester.reset();
        m_page.reset();
        m_fixture.reset();
    }

    void listsDestinationsWithTheirFigures()
    {
        m_fixture->schedule(test::messageFor(QStringLiteral("orders"), Duration(1h)));
        test::addStatistics(m_fixture->database, {.delivered = 270, .retrying = 30, .step = 7});
        m_fixture->database.exec(QStringLiteral(
            "UPDATE punctual.lanes SET quota_used = 42, quota_resets_at = now() + interval '1 hour' "
            "WHERE destination = 'orders'"));
        select(QStringLiteral("orders"));
        QCOMPARE(cell(DestinationModel::Waiting), QStringLiteral("1"));
        QCOMPARE(cell(DestinationModel::Health), QStringLiteral("Some fail"));
        QCOMPARE(cell(DestinationModel::Rate), QStringLiteral("1.0"));
        QCOMPARE(cell(DestinationModel::Lateness), QStringLiteral("10 ms"));
        QTRY_COMPARE_WITH_TIMEOUT(cell(DestinationModel::Quota), QStringLiteral("42 of 100"), 30'000);
        QCOMPARE(m_table->currentIndex()
                     .siblingAtColumn(DestinationModel::Quota)
                     .data(DestinationModel::ShareRole)
                     .toDouble(),
                 0.42);
    }

    void keepsTheSelectionWhenOthersComeAndGo()
    {
        select(QStringLiteral("orders"));
        const QSignalSpy reset(m_table->model(), &QAbstractItemModel::modelReset);
        put(test::destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("aaa")));
        put(test::destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("zzz")));
        m_page->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 4, 30'000);
        QCOMPARE(cell(DestinationModel::Name), QStringLiteral("orders"));
        m_fixture->database.exec(
            QStringLiteral("DELETE FROM punctual.destinations WHERE name IN ('aaa', 'zzz')"));
        m_page->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 2, 30'000);
        QCOMPARE(cell(DestinationModel::Name), QStringLiteral("orders"));
        QCOMPARE(reset.count(), 0);
    }

    void pausesWithAReasonAndResumes()
    {
        select(QStringLiteral("orders"));
        test::named<QLineEdit>(*m_page, QStringLiteral("Reason of the pause"))
            ->setText(QStringLiteral("their maintenance"));
        test::button<QCheckBox>(*m_page, QStringLiteral("Goes on by itself"))->setChecked(true);
        test::named<QLineEdit>(*m_page, QStringLiteral("Span until it is due"))
            ->setText(QStringLiteral("2h"));
        test::button<QPushButton>(*m_page, QStringLiteral("Pause"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Result"), QStringLiteral("orders is paused.")), 30'000);
        const auto paused = stored();
        QVERIFY(paused.pause);
        QCOMPARE(paused.pause->reason, QStringLiteral("their maintenance"));
        QVERIFY(std::chrono::abs(*paused.pause->until - m_fixture->clock.now() - 2h) < 1min);
        QTRY_COMPARE_WITH_TIMEOUT(cell(DestinationModel::Health), QStringLiteral("Paused"), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Paused"), QStringLiteral("their maintenance")), 30'000);
        auto* resume = test::button<QPushButton>(*m_page, QStringLiteral("Resume"));
        QTRY_VERIFY_WITH_TIMEOUT(resume->isEnabled(), 30'000);
        resume->click();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Result"), QStringLiteral("orders goes on.")), 30'000);
        QVERIFY(!stored().pause);
    }

    void pausesAndResumesByCommands()
    {
        select(QStringLiteral("orders"));
        auto* pause = action(QStringLiteral("Pause orders"));
        auto* resume = action(QStringLiteral("Resume orders"));
        QVERIFY(!resume->isEnabled());
        pause->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(resume->isEnabled(), 30'000);
        QVERIFY(stored().pause);
        resume->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!stored().pause, 30'000);
    }

    void sendsATest()
    {
        const auto paused = test::await<Destination>([&](QObject* context, auto answer) {
            m_fixture->client.pause(m_fixture->workspace.actor, QStringLiteral("orders"), std::nullopt,
                                    context, answer);
        });
        QVERIFY(paused);
        select(QStringLiteral("orders"));
        auto* sending = action(QStringLiteral("Send a test…"));
        m_fixture->dialogs.accepts = false;
        sending->trigger();
        QCOMPARE(m_fixture->dialogs.asked.size(), 1);
        m_fixture->dialogs.accepts = true;
        sending->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(
            says(QStringLiteral("Result"), QStringLiteral("The test to orders did not leave and will not.")),
            60'000);
    }

    void doesNotPauseUntilATimeThatIsNone()
    {
        select(QStringLiteral("orders"));
        test::button<QCheckBox>(*m_page, QStringLiteral("Goes on by itself"))->setChecked(true);
        test::named<QLineEdit>(*m_page, QStringLiteral("Span until it is due"))
            ->setText(QStringLiteral("soon"));
        test::button<QPushButton>(*m_page, QStringLiteral("Pause"))->click();
        QVERIFY(anyLabelSays(QStringLiteral("Give a span such as")));
        QVERIFY(!stored().pause);
    }

    void changesSettingsAndKeepsTheSecret()
    {
        select(QStringLiteral("orders"));
        action(QStringLiteral("Edit settings"))->trigger();
        auto* secret = test::named<QLineEdit>(*m_page, QStringLiteral("Signing secret"));
        QVERIFY(secret->text().isEmpty());
        QVERIFY(!secret->placeholderText().contains(QStringLiteral("MDEy")));
        QVERIFY(!save()->isEnabled());
        edit(QStringLiteral("Time limit"), QStringLiteral("2s"));
        edit(QStringLiteral("Attempts"), QStringLiteral("9"));
        headers()->setPlainText(QStringLiteral("X-Other: 1"));
        group(QStringLiteral("Rate limit"))->setChecked(true);
        test::named<QLineEdit>(*group(QStringLiteral("Rate limit")), QStringLiteral("Calls"))
            ->setText(QStringLiteral("50"));
        test::named<QLineEdit>(*group(QStringLiteral("Rate limit")), QStringLiteral("Each"))
            ->setText(QStringLiteral("1s"));
        group(QStringLiteral("Quota"))->setChecked(false);
        save()->click();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Result"), QStringLiteral("are saved")), 30'000);
        const auto changed = stored();
        QCOMPARE(changed.timeout, Duration(2s));
        QCOMPARE(changed.retry.maxAttempts, 9);
        QCOMPARE(changed.rateLimit->limit, 50);
        QVERIFY(!changed.quota);
        QCOMPARE(changed.headers.size(), std::size_t(1));
        QCOMPARE(changed.headers.front().name, QByteArray("X-Other"));
        QCOMPARE(changed.credentials.signingSecret,
                 QByteArray("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));
    }

    void replacesAndRemovesTheSecret()
    {
        select(QStringLiteral("orders"));
        action(QStringLiteral("Edit settings"))->trigger();
        edit(QStringLiteral("Signing secret"), QStringLiteral("whsec_short"));
        QVERIFY(anyLabelSays(QStringLiteral("is not whsec_")));
        edit(QStringLiteral("Signing secret"),
             QStringLiteral("whsec_YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE="));
        save()->click();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Result"), QStringLiteral("are saved")), 30'000);
        QVERIFY(stored().credentials.signingSecret.startsWith("whsec_YWFh"));
        select(QStringLiteral("orders"));
        QTRY_VERIFY_WITH_TIMEOUT(action(QStringLiteral("Edit settings"))->isEnabled(), 30'000);
        action(QStringLiteral("Edit settings"))->trigger();
        test::named<QCheckBox>(*m_page, QStringLiteral("Remove: Signing secret"))->setChecked(true);
        save()->click();
        QTRY_VERIFY_WITH_TIMEOUT(stored().credentials.signingSecret.isEmpty(), 30'000);
    }

    void saysBesideTheFieldWhatIsWrong_data()
    {
        QTest::addColumn<QString>("group");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* sentence, const QString& group, const QString& field,
                            const QString& text) { QTest::newRow(sentence) << group << field << text; };
        row("a URL without a host", {}, QStringLiteral("URL"), QStringLiteral("orders"));
        row("a span that is none", {}, QStringLiteral("Time limit"), QStringLiteral("soon"));
        row("too many at a time", {}, QStringLiteral("At the same time"), QStringLiteral("100000"));
        row("no attempt", {}, QStringLiteral("Attempts"), QStringLiteral("0"));
        row("a word for a number", {}, QStringLiteral("Factor"), QStringLiteral("much"));
        row("a quota without a zone of that name", QStringLiteral("Quota"), QStringLiteral("Time zone"),
            QStringLiteral("Mars/Base"));
        row("a share of more than all", QStringLiteral("Circuit breaker"),
            QStringLiteral("Share of failures"), QStringLiteral("1.5"));
    }

    void saysBesideTheFieldWhatIsWrong()
    {
        QFETCH(const QString, group);
        QFETCH(const QString, field);
        QFETCH(const QString, text);
        select(QStringLiteral("orders"));
        action(QStringLiteral("Edit settings"))->trigger();
        if (!group.isEmpty())
            this->group(group)->setChecked(true);
        auto* line = test::named<QLineEdit>(
            group.isEmpty() ? static_cast<QWidget&>(*m_page) : *this->group(group), field);
        QVERIFY(line->accessibleDescription().isEmpty());
        line->setText(text);
        QVERIFY(!line->accessibleDescription().isEmpty());
        save()->click();
        QVERIFY(says(QStringLiteral("Result"), QStringLiteral("Not saved: see the fields above.")));
        QCOMPARE(stored().version, 1);
    }

    void makesANewOne()
    {
        m_page->show();
        action(QStringLiteral("New destination"))->trigger();
        auto* name = test::named<QLineEdit>(*m_page, QStringLiteral("Name"));
        save()->click();
        QVERIFY(!name->accessibleDescription().isEmpty());
        name->setText(QStringLiteral("letters"));
        edit(QStringLiteral("URL"), QStringLiteral("https://api.example.com/hook"));
        save()->click();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Result"), QStringLiteral("letters are saved")), 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(cell(DestinationModel::Name), QStringLiteral("letters"), 30'000);
        QCOMPARE(stored(QStringLiteral("letters")).url, QStringLiteral("https://api.example.com/hook"));
    }

    void asksBeforeChangesAreLost()
    {
        select(QStringLiteral("orders"));
        action(QStringLiteral("Edit settings"))->trigger();
        edit(QStringLiteral("Time limit"), QStringLiteral("2s"));
        m_fixture->dialogs.accepts = false;
        test::button<QPushButton>(*m_page, QStringLiteral("Cancel"))->click();
        QCOMPARE(m_fixture->dialogs.asked.size(), 1);
        QVERIFY(save()->isVisible());
        m_fixture->dialogs.accepts = true;
        test::button<QPushButton>(*m_page, QStringLiteral("Cancel"))->click();
        QVERIFY(!save()->isVisible());
        QCOMPARE(stored().version, 1);
    }

    void removesAfterAsking()
    {
        select(QStringLiteral("orders"));
        action(QStringLiteral("Remove destination"))->trigger();
        QCOMPARE(m_fixture->dialogs.asked.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 1, 30'000);
    }

    void leavesTheBuiltInOneAlone()
    {
        select(QStringLiteral("echo"));
        QVERIFY(!action(QStringLiteral("Edit settings"))->isEnabled());
        QVERIFY(!action(QStringLiteral("Remove destination"))->isEnabled());
    }

    void namesEveryControl()
    {
        const auto controls = m_page->findChildren<QWidget*>();
        for (const auto* control : controls) {
            const bool isPart = qobject_cast<const QComboBox*>(control->parentWidget()) ||
                                qobject_cast<const QAbstractSpinBox*>(control->parentWidget()) ||
                                control->window() != m_page.get();
            const bool saysItself =
                qobject_cast<const QAbstractButton*>(control) != nullptr || control->focusProxy() != nullptr;
            if ((control->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !isPart && !saysItself)
                QVERIFY2(!control->accessibleName().isEmpty(), control->metaObject()->className());
        }
    }

private:
    void put(const Destination& destination)
    {
        const auto put = test::await<client::PutDestination>([&](QObject* context, auto answer) {
            m_fixture->client.put(m_fixture->workspace.actor, destination, context, answer);
        });
        QVERIFY2(put, put ? "" : qPrintable(put.error().detail));
    }

    Destination stored(const QString& name = QStringLiteral("orders"))
    {
        const auto found = test::await<Destination>([&](QObject* context, auto answer) {
            m_fixture->client.destination(m_fixture->workspace.actor, name, context, answer);
        });
        return found ? *found : Destination{};
    }

    void select(const QString& name)
    {
        m_page->show();
        const auto& model = *qobject_cast<DestinationModel*>(m_table->model());
        QTRY_VERIFY_WITH_TIMEOUT(model.rowOf(name) >= 0, 30'000);
        m_table->selectRow(model.rowOf(name));
    }

    QString cell(int column) { return m_table->currentIndex().siblingAtColumn(column).data().toString(); }

    QAction* action(const QString& text)
    {
        const auto actions = m_page->actionsOfDestination();
        for (auto* action : actions)
            if (action->text().remove(u'&') == text)
                return action;
        return nullptr;
    }

    QPushButton* save() { return test::button<QPushButton>(*m_page, QStringLiteral("Save")); }
    QPlainTextEdit* headers() { return test::named<QPlainTextEdit>(*m_page, QStringLiteral("Headers")); }
    QGroupBox* group(const QString& name) { return test::named<QGroupBox>(*m_page, name); }
    void edit(const QString& field, const QString& text)
    {
        test::named<QLineEdit>(*m_page, field)->setText(text);
    }

    /// The visible label of this name.
    bool says(const QString& name, const QString& text)
    {
        const auto labels = m_page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisible() && label->accessibleName() == name && label->text().contains(text);
        });
    }

    bool anyLabelSays(const QString& text)
    {
        const auto labels = m_page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel* label) { return label->text().contains(text); });
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<DestinationsPage> m_page;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    QTableView* m_table = nullptr;
};

} // namespace punctual::ui

using punctual::ui::DestinationsPageTest;
QTEST_MAIN(DestinationsPageTest)

#include "destinations_page_test.moc"
