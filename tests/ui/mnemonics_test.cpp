// SPDX-License-Identifier: GPL-3.0-or-later
// Alt and a letter lead to one thing: on every page together with the menu bar, in every menu and every
// dialog.
#include "fixture.h"
#include "ui/compose/many_dialog.h"
#include "ui/dead_letters/range_dialog.h"
#include "ui/destinations/destinations_page.h"
#include "ui/main_window.h"
#include "ui/messages/edit_dialog.h"
#include "ui/messages/filter_dialog.h"
#include "ui/messages/replay_dialog.h"
#include "ui/messages/reschedule_dialog.h"
#include "ui/messages/resolve_dialog.h"
#include "ui/operations/bulk_dialog.h"
#include "ui/settings/connection_dialog.h"
#include "ui/settings/preferences_dialog.h"

#include <QAction>
#include <QGroupBox>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

/// No key ring is asked for anything here.
class NoPasswords : public PasswordStore
{
public:
    void read(const QString& /*name*/, QObject* /*context*/,
              std::function<void(Result<QString>)> /*answer*/) override
    {
    }
    void write(const QString& /*name*/, const QString& /*password*/, QObject* /*context*/,
               std::function<void(Result<void>)> /*answer*/) override
    {
    }
    void remove(const QString& /*name*/) override {}
};

/// The texts that claim a letter, by letter.
class Letters
{
public:
    void add(const QString& text)
    {
        const auto letter = QKeySequence::mnemonic(text).toString();
        if (!letter.isEmpty())
            m_texts[letter] << text;
    }

    void addMenu(const QList<QAction*>& actions)
    {
        for (const auto* action : actions)
            if (!action->isSeparator())
                add(action->text());
    }

    void addVisible(const QWidget& parent)
    {
        const auto widgets = parent.findChildren<QWidget*>();
        for (const auto* widget : widgets) {
            if (!widget->isVisibleTo(&parent) || widget->window() != parent.window())
                continue;
            if (const auto* label = qobject_cast<const QLabel*>(widget); label && label->buddy()) {
                add(label->text());
                if (!QKeySequence::mnemonic(label->text()).isEmpty() &&
                    label->buddy()->focusPolicy() == Qt::NoFocus) // Qt asks it, not who has the focus for it
                    m_leadNowhere << label->text();
            }
            if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
                add(button->text());
            if (const auto* group = qobject_cast<const QGroupBox*>(widget))
                add(group->title());
            if (const auto* tabs = qobject_cast<const QTabBar*>(widget))
                for (int i = 0; i < tabs->count(); ++i)
                    add(tabs->tabText(i));
        }
    }

    [[nodiscard]] QString faults() const
    {
        QStringList lines = m_leadNowhere;
        for (auto each = m_texts.begin(); each != m_texts.end(); ++each)
            if (each.value().size() > 1)
                lines << each.key() + QStringLiteral(": ") + each.value().join(QStringLiteral(" | "));
        return lines.join(u'\n');
    }

    [[nodiscard]] bool isEmpty() const { return m_texts.isEmpty(); }

private:
    QMap<QString, QStringList> m_texts;
    QStringList m_leadNowhere;
};

} // namespace

class MnemonicsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_fixture->addDestination(QStringLiteral("orders"));
        m_fixture->schedule(test::messageFor(QStringLiteral("orders"), Duration(1h)));
        m_settings = std::make_unique<QSettings>(m_directory.filePath(QStringLiteral("window.ini")),
                                                 QSettings::IniFormat);
        m_window = std::make_unique<MainWindow>(m_fixture->workspace, m_fixture->clock, *m_settings);
        m_window->show();
    }

    void cleanupTestCase()
    {
        m_window.reset();
        m_settings.reset();
        m_fixture.reset();
    }

    void areUniqueOnAPage_data()
    {
        QTest::addColumn<int>("page");
        const auto* pages = m_window->findChild<QListWidget*>();
        for (int row = 0; row < pages->count(); ++row)
            QTest::newRow(qPrintable(pages->item(row)->text())) << row;
    }

    void areUniqueOnAPage()
    {
        QFETCH(const int, page);
        m_window->findChild<QListWidget*>()->setCurrentRow(page);
        QCOMPARE(lettersOfWindow().faults(), QString());
    }

    void areUniqueInTheEditorOfDestinations()
    {
        m_window->showDestinations();
        m_window->findChild<DestinationsPage*>()->actionsOfDestination().front()->trigger();
        QCOMPARE(lettersOfWindow().faults(), QString());
    }

    void areUniqueInAMenu_data()
    {
        QTest::addColumn<QMenu*>("menu");
        const auto menus = m_window->menuBar()->actions();
        for (const auto* action : menus)
            QTest::newRow(qPrintable(action->text().remove(u'&'))) << action->menu();
    }

    void areUniqueInAMenu()
    {
        QFETCH(QMenu*, menu);
        Letters letters;
        letters.addMenu(menu->actions());
        QVERIFY(!letters.isEmpty());
        QCOMPARE(letters.faults(), QString());
    }

    void areUniqueInADialog_data()
    {
        using Make = std::function<QDialog*()>;
        QTest::addColumn<Make>("make");
        const auto row = [](const char* name, const Make& make) { QTest::newRow(name) << make; };
        row("edit", [this] { return new EditDialog(message(), workspace().clock, workspace().zone); });
        row("edit and send again", [this] { return new ReplayDialog(workspace(), message()); });
        row("reschedule",
            [this] { return new RescheduleDialog(2, test::at(), workspace().clock, workspace().zone); });
        row("resolve", [] { return new ResolveDialog(2); });
        row("filter", [this] { return new FilterDialog({}, workspace().clock, workspace().zone); });
        row("many from CSV", [this] { return new ManyDialog(workspace()); });
        row("send a time range again", [this] { return new RangeDialog(workspace(), QString(), nullptr); });
        row("connection", [this] {
            writeProfiles(*m_settings, {{QStringLiteral("office")}});
            chooseProfile(*m_settings, QStringLiteral("office"));
            return new ConnectionDialog(*m_settings, m_passwords, m_fixture->dialogs);
        });
        for (const auto action :
             {OperationAction::Cancel, OperationAction::Replay, OperationAction::Reschedule,
              OperationAction::Resolve, OperationAction::Restore})
            row(qPrintable(QStringLiteral("all that match: ") + QString(toText(action))), [this, action] {
                NewOperation wanted;
                wanted.action = action;
                return new BulkDialog(workspace(), wanted, nullptr);
            });
        row("preferences", [] { return new PreferencesDialog({}); });
    }

    void areUniqueInADialog()
    {
        QFETCH(const std::function<QDialog*()>, make);
        const std::unique_ptr<QDialog> dialog(make());
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        Letters letters;
        letters.addVisible(*dialog);
        QCOMPARE(letters.faults(), QString());
    }

private:
    [[nodiscard]] const Workspace& workspace() const { return m_fixture->workspace; }

    [[nodiscard]] static Message message()
    {
        Message message;
        message.destination = QStringLiteral("orders");
        message.dueAt = test::at();
        message.content = Content{QByteArrayLiteral("{}")};
        return message;
    }

    [[nodiscard]] Letters lettersOfWindow()
    {
        Letters letters;
        letters.addMenu(m_window->menuBar()->actions());
        letters.addVisible(*m_window);
        return letters;
    }

    QTemporaryDir m_directory;
    NoPasswords m_passwords;
    std::unique_ptr<test::Fixture> m_fixture;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace punctual::ui

using punctual::ui::MnemonicsTest;
QTEST_MAIN(MnemonicsTest)

#include "mnemonics_test.moc"
