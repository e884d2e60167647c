// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/command_list.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>

#include <algorithm>

namespace punctual::ui
{

namespace
{

QString plain(QString text)
{
    return text.remove(u'&').remove(u'…');
}

void collect(const QList<QAction*>& actions, const QString& path, std::vector<Command>& commands)
{
    for (auto* action : actions) {
        const QString name = plain(action->text());
        if (action->menu() != nullptr)
            collect(action->menu()->actions(), path.isEmpty() ? name : path + QStringLiteral(" › ") + name,
                    commands);
        else if (!action->isSeparator() && action->isVisible())
            commands.push_back({action, path, name, action->shortcut().toString(QKeySequence::NativeText)});
    }
}

} // namespace

std::vector<Command> commandsOf(const QMenuBar& menus)
{
    std::vector<Command> commands;
    collect(menus.actions(), QString(), commands);
    return commands;
}

std::vector<Command> matching(const std::vector<Command>& commands, const QString& text)
{
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    std::vector<Command> found;
    std::copy_if(commands.begin(), commands.end(), std::back_inserter(found),
                 [&words](const Command& command) {
                     const QString whole = command.menu + u' ' + command.name;
                     return std::all_of(words.begin(), words.end(), [&whole](const QString& word) {
                         return whole.contains(word, Qt::CaseInsensitive);
                     });
                 });
    if (!words.isEmpty())
        std::stable_partition(found.begin(), found.end(), [&words](const Command& command) {
            return command.name.startsWith(words.front(), Qt::CaseInsensitive);
        });
    return found;
}

} // namespace punctual::ui
