// SPDX-License-Identifier: GPL-3.0-or-later
// The commands for selected messages, with their names, icons and shortcuts: for menus, buttons and the
// context menu. Those that make no sense for what is selected cannot be chosen and say why.
#pragma once

#include "core/message.h"
#include "ui/common/rights.h"

#include <QAction>
#include <QObject>

namespace punctual::ui
{

class MessageActionSet : public QObject
{
    Q_OBJECT

public:
    /// `rights` outlive it.
    explicit MessageActionSet(const Rights& rights, QObject* parent = nullptr);

    [[nodiscard]] QList<QAction*> all() const;
    /// By the states that the selected messages had when they were last read, and by the rights.
    void offer(const std::vector<Message>& selected);

    QAction* const cancel;
    QAction* const restore;
    QAction* const reschedule;
    QAction* const edit;
    QAction* const replay;
    QAction* const editAndReplay;
    QAction* const resolve;
    QAction* const copyId;
    QAction* const copyCurl;

private:
    QAction* make(const QString& icon, const QString& text, const QKeySequence& shortcut);

    const Rights& m_rights;
};

} // namespace punctual::ui
