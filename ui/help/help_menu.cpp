// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/help_menu.h"

#include "ui/common/icon.h"
#include "ui/palette/command_palette.h"
#include "ui/palette/shortcut_dialog.h"

#include <QMainWindow>
#include <QMenuBar>
#include <QMessageBox>

namespace punctual::ui
{

HelpMenu::HelpMenu(QMainWindow& window)
    : QMenu(tr("&Help"), &window)
    , m_window(window)
{
    const auto add = [this](const QString& icon, const QString& text, const QKeySequence& shortcut,
                            void (HelpMenu::*slot)()) {
        auto* action = addAction(lineIcon(icon), text);
        action->setShortcut(shortcut);
        connect(action, &QAction::triggered, this, slot);
    };
    add(QStringLiteral("search"), tr("&Find a command…"), Qt::CTRL | Qt::Key_K, &HelpMenu::findCommand);
    add(QStringLiteral("keyboard"), tr("&Keyboard shortcuts"), QKeySequence::HelpContents,
        &HelpMenu::showShortcuts);
    addSeparator();
    add(QStringLiteral("about"), tr("&About Punctual"), {}, &HelpMenu::about);
}

void HelpMenu::findCommand()
{
    auto* palette = new CommandPalette(commandsOf(*m_window.menuBar()), &m_window);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    palette->open();
}

void HelpMenu::showShortcuts()
{
    auto* dialog = new ShortcutDialog(commandsOf(*m_window.menuBar()), &m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void HelpMenu::about()
{
    auto* box = new QMessageBox(&m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Punctual"));
    box->setIconPixmap(applicationIcon().pixmap(QSize(64, 64), m_window.devicePixelRatio()));
    box->setText(tr("Punctual %1 delivers messages to third-party APIs at their exact time.")
                     .arg(QStringLiteral(PUNCTUAL_VERSION)));
    box->setInformativeText(tr("Free software under the GNU General Public License, version 3 or later."));
    box->open();
}

} // namespace punctual::ui
