// SPDX-License-Identifier: GPL-3.0-or-later
// The button for what can be done with all messages that match the filter. GUI thread.
#pragma once

#include "core/operation.h"
#include "ui/common/workspace.h"

#include <QToolButton>

#include <vector>

namespace punctual::ui
{

class MatchingMenu : public QToolButton
{
    Q_OBJECT

public:
    explicit MatchingMenu(const Workspace& workspace, QWidget* parent = nullptr);

    void setFilter(const MessageFilter& filter);
    [[nodiscard]] QList<QAction*> actionsOfAll() const;

Q_SIGNALS:
    /// An operation was started or is over.
    void progressed();

private:
    void offerActions();
    void add(OperationAction action, const QString& text, const QString& icon);
    void open(OperationAction action);

    const Workspace& m_workspace;
    MessageFilter m_filter;
    std::vector<std::pair<OperationAction, QAction*>> m_actions;
};

} // namespace punctual::ui
