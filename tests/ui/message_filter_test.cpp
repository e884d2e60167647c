// SPDX-License-Identifier: GPL-3.0-or-later
// What narrows the list of messages: chips, saved views, and the columns that are shown.
#include "core/uuid_v7.h"
#include "fixture.h"
#include "ui/messages/filter_dialog.h"
#include "ui/messages/message_model.h"
#include "ui/messages/message_table.h"
#include "ui/messages/messages_page.h"
#include "ui/messages/saved_views.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

class MessageFilterTest : public QObject
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

    void narrowsByTagAndShowsItAsAChip()
    {
        schedule(1h);
        auto tagged = test::messageFor(QStringLiteral("orders"), Duration(2h));
        tagged.tags = {QStringLiteral("promo")};
        const auto id = m_fixture->schedule(tagged);
        showRows(2);
        test::button<QToolButton>(*m_page, QStringLiteral("Filter…"))->click();
        auto* dialog = m_page->findChild<FilterDialog*>();
        test::named<QLineEdit>(*dialog, QStringLiteral("Tag"))->setText(QStringLiteral("promo"));
        test::named<QComboBox>(*dialog, QStringLiteral("Due"))->setCurrentText(QStringLiteral("Between…"));
        test::named<QDateTimeEdit>(*dialog, QStringLiteral("Due before"))
            ->setDateTime(QDateTime(QDate::currentDate().addDays(3), QTime(0, 0), Qt::UTC));
        test::button<QPushButton>(*dialog, QStringLiteral("Filter"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 1, 30'000);
        QCOMPARE(model().at(0).id, id);
        QVERIFY(chip(QStringLiteral("Due ")));
        chip(QStringLiteral("Due "))->click();
        QTRY_VERIFY_WITH_TIMEOUT(!chip(QStringLiteral("Due ")), 30'000);
        chip(QStringLiteral("Tag: promo"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 2, 30'000);
        QVERIFY(!chip(QStringLiteral("Tag: promo")));
    }

    void narrowsByAttemptsAndShowsThemAsChips()
    {
        const auto tried = schedule(1h);
        schedule(2h);
        m_fixture->database.exec(
            QStringLiteral("INSERT INTO punctual.attempts (message_id, number, node, outcome, status, "
                           "lateness_us, started_at, finished_at) VALUES ('%1', 1, gen_random_uuid(), "
                           "'failed', 503, 0, now() - interval '1 minute', now() - interval '1 minute')")
                .arg(toText(tried)));
        showRows(2);
        test::button<QToolButton>(*m_page, QStringLiteral("Filter…"))->click();
        auto* dialog = m_page->findChild<FilterDialog*>();
        test::named<QComboBox>(*dialog, QStringLiteral("Attempt"))
            ->setCurrentText(QStringLiteral("In the past hour"));
        test::named<QComboBox>(*dialog, QStringLiteral("Result of the attempt"))
            ->setCurrentText(QStringLiteral("5xx"));
        test::button<QPushButton>(*dialog, QStringLiteral("Filter"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 1, 30'000);
        QCOMPARE(model().at(0).id, tried);
        QVERIFY(chip(QStringLiteral("Attempt came to: 5xx")));
        chip(QStringLiteral("Attempt came to: 5xx"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(!chip(QStringLiteral("Attempt came to: 5xx")), 30'000);
        QVERIFY(chip(QStringLiteral("Attempt ")));
        chip(QStringLiteral("Attempt "))->click();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 2, 30'000);
        QVERIFY(!chip(QStringLiteral("Attempt ")));
    }

    void keepsViews()
    {
        schedule(1h);
        showRows(1);
        m_page->showMessages(
            {.states = {MessageState::Dead, MessageState::Unknown}, .tag = QStringLiteral("promo")});
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 0, 30'000);
        auto* views = m_page->findChild<SavedViews*>();
        entry(*views->menu(), QStringLiteral("Keep this view…"))->trigger();
        auto* name = views->findChild<QInputDialog*>();
        name->setTextValue(QStringLiteral("Promo to look at"));
        name->accept();
        entry(*views->menu(), QStringLiteral("All messages"))->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 1, 30'000);

        const QString saved = m_page->saveViews();
        m_page = std::make_unique<MessagesPage>(m_fixture->workspace);
        m_table = m_page->findChild<MessageTable*>();
        m_page->restoreViews(saved);
        showRows(1);
        views = m_page->findChild<SavedViews*>();
        entry(*views->menu(), QStringLiteral("Promo to look at"))->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), 0, 30'000);
        QVERIFY(chip(QStringLiteral("Tag: promo")));
        QCOMPARE(test::named<QComboBox>(*m_page, QStringLiteral("State"))->currentText(),
                 QStringLiteral("Dead, Unknown"));
    }

    void remembersTheColumns()
    {
        m_page->columnActions().at(MessageModel::Tags)->setChecked(true);
        m_page->columnActions().at(MessageModel::Priority)->setChecked(false);
        QVERIFY(m_table->isColumnHidden(MessageModel::Priority));
        const QByteArray layout = m_page->saveLayout();
        m_page = std::make_unique<MessagesPage>(m_fixture->workspace);
        m_table = m_page->findChild<MessageTable*>();
        m_page->restoreLayout(layout);
        QVERIFY(m_table->isColumnHidden(MessageModel::Priority));
        QVERIFY(!m_table->isColumnHidden(MessageModel::Tags));
        QVERIFY(m_page->columnActions().at(MessageModel::Tags)->isChecked());
    }

private:
    const MessageModel& model() { return *qobject_cast<MessageModel*>(m_table->model()); }

    MessageId schedule(Duration delay)
    {
        return m_fixture->schedule(test::messageFor(QStringLiteral("orders"), delay));
    }

    void showRows(int count)
    {
        m_page->show();
        QTRY_COMPARE_WITH_TIMEOUT(m_table->model()->rowCount(), count, 30'000);
    }

    QToolButton* chip(const QString& text)
    {
        const auto buttons = m_page->findChildren<QToolButton*>();
        for (auto* button : buttons)
            if (button->isVisible() && button->text().startsWith(text))
                return button;
        return nullptr;
    }

    static QAction* entry(const QMenu& menu, const QString& text)
    {
        const auto actions = menu.actions();
        for (auto* action : actions)
            if (action->text().remove(u'&') == text)
                return action;
        return nullptr;
    }

    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<MessagesPage> m_page;
    MessageTable* m_table = nullptr;
};

} // namespace punctual::ui

using punctual::ui::MessageFilterTest;
QTEST_MAIN(MessageFilterTest)

#include "message_filter_test.moc"
