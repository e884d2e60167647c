// SPDX-License-Identifier: GPL-3.0-or-later
// All commands of a window, as its menus have them.
#pragma once

#include <QString>

#include <vector>

class QAction;
class QMenuBar;

namespace punctual::ui
{

struct Command
{
    QAction* action = nullptr;
    QString menu;     // "Message", "Message › Columns"
    QString name;     // without mnemonic and dots
    QString shortcut; // as this system writes it; empty for none
};

/// In the order of the menus. The actions belong to the window.
[[nodiscard]] std::vector<Command> commandsOf(const QMenuBar& menus);

/// Those that have every word of `text` somewhere in menu or name; those whose name begins with it come
/// first.
[[nodiscard]] std::vector<Command> matching(const std::vector<Command>& commands, const QString& text);

} // namespace punctual::ui
