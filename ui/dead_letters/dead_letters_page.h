// SPDX-License-Identifier: GPL-3.0-or-later
// The page of dead letters: what failed alike in one row, the latest message of it with its answers, and
// sending again: one, a group with or without a canary, all, or a range of the history.
#pragma once

#include "core/figures.h"
#include "core/operation.h"
#include "ui/common/workspace.h"
#include "ui/dead_letters/dead_letter_model.h"
#include "ui/messages/message_actions.h"

#include <QWidget>

class QAction;
class QTableView;

namespace punctual::ui
{

class DestinationCombo;
class MessageDetails;
class Refresher;
class ToneLabel;
class ViewFrame;

class DeadLettersPage : public QWidget
{
    Q_OBJECT

public:
    explicit DeadLettersPage(const Workspace& workspace, QWidget* parent = nullptr);

    void refresh();
    [[nodiscard]] QList<QAction*> actionsOfDeadLetters() const;

Q_SIGNALS:
    void messagesRequested(const punctual::MessageFilter& filter);

private:
    QAction* makeAction(const QString& text, const QString& icon, void (DeadLettersPage::*slot)());
    void layOut();
    QLayout* makeBar();
    void ask();
    void read(const std::optional<DeadLetterCursor>& after);
    void takePage(const Result<DeadLetterPage>& answer);
    void showGroups(const std::vector<DeadLetterGroup>& groups, bool hasMore);
    void takeFigures(const Result<std::vector<DestinationFigures>>& answer);
    void takeSelection();
    void offerActions();
    void replayOne();
    void editOne();
    void replayGroup();
    void replayCanary();
    void replayAll();
    void replayRange();
    void resolve();
    void showMessages();
    void open(const NewOperation& operation);
    [[nodiscard]] const DeadLetterGroup* selected() const;

    const Workspace& m_workspace;
    DeadLetterModel m_model;
    std::vector<DeadLetterGroup> m_read; // so far, of a question that takes several pages
    std::size_t m_wanted;                // groups: more when somebody scrolls to the end
    MessageActions m_actions;
    qint64 m_unknown = 0; // messages, of the destination that is chosen
    DestinationCombo* m_destination;
    QAction* m_one;
    QAction* m_edited;
    QAction* m_canary;
    QAction* m_group;
    QAction* m_messages;
    QAction* m_all;
    QAction* m_range;
    QAction* m_resolve;
    ToneLabel* m_result;
    QTableView* m_table;
    MessageDetails* m_details;
    ViewFrame* m_frame;
    Refresher* m_refresher;
};

} // namespace punctual::ui
