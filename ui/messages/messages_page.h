// SPDX-License-Identifier: GPL-3.0-or-later
// The page of messages: filter, table, details, cancelling and sending again. Keeps itself up to date once a
// second while it is visible.
#pragma once

#include "ui/common/workspace.h"
#include "ui/messages/message_actions.h"
#include "ui/messages/message_feed.h"
#include "ui/messages/message_model.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QSplitter;

namespace punctual::ui
{

class MatchingMenu;
class MessageDetails;
class MessageFilterBar;
class MessageTable;
class ToneLabel;
class ViewFrame;

class MessagesPage : public QWidget
{
    Q_OBJECT

public:
    explicit MessagesPage(const Workspace& workspace, QWidget* parent = nullptr);

    /// Shows this message alone and selects it.
    void showMessage(const MessageId& id);
    /// Shows the messages that fit it.
    void showMessages(const MessageFilter& filter);
    void refresh();
    void focusSearch();

    [[nodiscard]] QAction* cancelAction() const { return m_cancel; }
    [[nodiscard]] QAction* replayAction() const { return m_replay; }
    [[nodiscard]] QAction* copyIdAction() const { return m_copyId; }
    /// What can be done with all messages that match the filter.
    [[nodiscard]] QList<QAction*> actionsOfAll() const;

    /// How the room is shared between table and details.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void makeActions();
    void layOut();
    void applyFilter();
    void takeRows();
    void takeSelection();
    void cancelSelected();
    void replaySelected();
    void copyIds();
    void showResult(const QString& text, bool worked);

    const Workspace& m_workspace;
    MessageModel m_model;
    MessageFeed m_feed;
    MessageActions m_actions;
    QTimer m_timer;
    MessageId m_wanted; // to be selected as soon as it is loaded; null: none
    MessageFilterBar* m_filters;
    MessageTable* m_table;
    MessageDetails* m_details;
    ViewFrame* m_frame;
    QSplitter* m_splitter;
    ToneLabel* m_result;
    QAction* m_cancel;
    QAction* m_replay;
    QAction* m_copyId;
    MatchingMenu* m_matching;
};

} // namespace punctual::ui
