// SPDX-License-Identifier: GPL-3.0-or-later
// The page of messages: filter, table, details, and what people do with messages. Keeps itself up to date
// once a second while it is visible.
#pragma once

#include "ui/common/workspace.h"
#include "ui/compose/test_delivery.h"
#include "ui/messages/message_action_set.h"
#include "ui/messages/message_actions.h"
#include "ui/messages/message_feed.h"
#include "ui/messages/message_model.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QSplitter;

namespace punctual::ui
{

class MatchingMenu;
class MessageDetails;
class MessageFilterBar;
class MessageTable;
class ResultBar;
class ListEnd;
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

    /// For the menu of the window.
    [[nodiscard]] const MessageActionSet& actionSet() const { return m_commands; }
    [[nodiscard]] const QList<QAction*>& columnActions() const;
    [[nodiscard]] QAction* undoAction() const { return m_undo; }
    /// What can be done with all messages that match the filter.
    [[nodiscard]] QList<QAction*> actionsOfAll() const;

    /// How the room is shared between table and details, and the columns.
    [[nodiscard]] QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);
    /// The views that the person keeps.
    [[nodiscard]] QString saveViews() const;
    void restoreViews(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void connectCommands();
    void layOut();
    QHBoxLayout* makeCommandBar();
    void applyFilter();
    void takeRows();
    void showTrouble(const QString& text);
    void takeSelection();
    void askForDue(const std::vector<Message>& messages, Instant proposed);
    void askForResolution();
    void edit();
    void deliverFirst();
    void copyIds();
    void copyCurl();
    void showResult(const QString& text, bool worked);

    const Workspace& m_workspace;
    MessageModel m_model;
    MessageFeed m_feed;
    MessageActions m_actions;
    MessageActionSet m_commands;
    TestDelivery m_firstDelivery;
    QTimer m_timer;
    QTimer m_otherRows; // how long those of the filter before may still be seen
    MessageId m_wanted; // to be selected as soon as it is loaded; null: none
    MessageFilterBar* m_filters;
    MessageTable* m_table;
    MessageDetails* m_details;
    ViewFrame* m_frame;
    QSplitter* m_splitter;
    MatchingMenu* m_matching;
    ResultBar* m_result;
    QAction* m_undo;
    ListEnd* m_end; // below a list that goes on beyond what is loaded
};

} // namespace punctual::ui
