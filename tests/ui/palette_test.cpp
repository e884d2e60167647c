// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/command_palette.h"
#include "ui/palette/shortcut_dialog.h"

#include <QAction>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

namespace punctual::ui
{

class PaletteTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QMainWindow>();
        auto* message = m_window->menuBar()->addMenu(QStringLiteral("&Message"));
        m_cancel = message->addAction(QStringLiteral("&Cancel message"));
        m_cancel->setShortcut(QKeySequence::Delete);
        message->addSeparator();
        auto* columns = message->addMenu(QStringLiteral("Col&umns"));
        m_column = columns->addAction(QStringLiteral("Key"));
        m_column->setCheckable(true);
        auto* view = m_window->menuBar()->addMenu(QStringLiteral("&View"));
        m_messages = view->addAction(QStringLiteral("&Messages"));
        m_messages->setShortcut(Qt::CTRL | Qt::Key_1);
        m_window->show();
    }

    void cleanup() { m_window.reset(); }

    void collectsEveryCommandOfTheMenus()
    {
        const auto commands = commandsOf(*m_window->menuBar());
        QStringList texts;
        for (const auto& command : commands)
            texts << command.menu + u'/' + command.name;
        QCOMPARE(texts,
                 (QStringList{QStringLiteral("Message/Cancel message"),
                              QStringLiteral("Message › Columns/Key"), QStringLiteral("View/Messages")}));
    }

    void findsByWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("names");
        const auto row = [](const char* sentence, const char* text, const QStringList& names) {
            QTest::newRow(sentence) << QString::fromLatin1(text) << names;
        };
        const QString cancel = QStringLiteral("Cancel message");
        const QString key = QStringLiteral("Key");
        const QString messages = QStringLiteral("Messages");
        row("nothing typed finds all", "", {cancel, key, messages});
        row("a name that begins with it comes first", "mess", {messages, cancel, key});
        row("every word has to be there", "mess can", {cancel});
        row("the menu counts too", "colu", {key});
        row("case does not matter", "CANCEL", {cancel});
        row("nothing fits", "xyz", {});
    }

    void findsByWords()
    {
        QFETCH(const QString, text);
        QFETCH(const QStringList, names);
        QStringList found;
        for (const auto& command : matching(commandsOf(*m_window->menuBar()), text))
            found << command.name;
        QCOMPARE(found, names);
    }

    void runsWhatIsChosenByKeyboard()
    {
        QSignalSpy triggered(m_messages, &QAction::triggered);
        CommandPalette palette(commandsOf(*m_window->menuBar()), m_window.get());
        palette.open();
        auto* text = palette.findChild<QLineEdit*>();
        QTest::keyClicks(text, QStringLiteral("messages"));
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(!palette.isVisible());
        QTRY_COMPARE(triggered.count(), 1);
    }

    void movesWithTheArrows()
    {
        QSignalSpy toggled(m_column, &QAction::toggled);
        CommandPalette palette(commandsOf(*m_window->menuBar()), m_window.get());
        palette.open();
        auto* text = palette.findChild<QLineEdit*>();
        QTest::keyClick(text, Qt::Key_Down);
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_COMPARE(toggled.count(), 1);
    }

    void runsNothingThatIsDisabled()
    {
        m_cancel->setEnabled(false);
        QSignalSpy triggered(m_cancel, &QAction::triggered);
        CommandPalette palette(commandsOf(*m_window->menuBar()), m_window.get());
        palette.open();
        auto* text = palette.findChild<QLineEdit*>();
        QTest::keyClicks(text, QStringLiteral("cancel"));
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(palette.isVisible());
        QCoreApplication::processEvents();
        QCOMPARE(triggered.count(), 0);
    }

    void listsTheShortcuts()
    {
        const ShortcutDialog dialog(commandsOf(*m_window->menuBar()));
        const auto* list = dialog.findChild<QTreeWidget*>();
        QCOMPARE(list->findItems(QStringLiteral("Ctrl+1"), Qt::MatchExactly, 2).size(), 1);
        QCOMPARE(list->findItems(QStringLiteral("Messages"), Qt::MatchExactly, 0).size(), 1);
        QVERIFY(list->findItems(QStringLiteral("Key"), Qt::MatchExactly, 0).isEmpty());
    }

private:
    std::unique_ptr<QMainWindow> m_window;
    QAction* m_cancel = nullptr;
    QAction* m_column = nullptr;
    QAction* m_messages = nullptr;
};

} // namespace punctual::ui

using punctual::ui::PaletteTest;
QTEST_MAIN(PaletteTest)

#include "palette_test.moc"
