// SPDX-License-Identifier: GPL-3.0-or-later
// The page of destinations: the list, how the selected one stands with pause and resume, and the editor of
// its settings.
#pragma once

#include "core/figures.h"
#include "ui/common/workspace.h"
#include "ui/compose/test_delivery.h"
#include "ui/destinations/destination_model.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QStackedLayout;
class QTableView;

namespace punctual::ui
{

class DestinationEditor;
class DestinationState;
class Refresher;
class ToneLabel;
class ViewFrame;

class DestinationsPage : public QWidget
{
    Q_OBJECT

public:
    explicit DestinationsPage(const Workspace& workspace, QWidget* parent = nullptr);

    void refresh();
    [[nodiscard]] QList<QAction*> actionsOfDestination() const;

Q_SIGNALS:
    void messagesRequested(const punctual::MessageFilter& filter);

private:
    void makeActions();
    void layOut();
    QWidget* makeList();
    void ask();
    void take(const Result<std::vector<DestinationFigures>>& answer);
    void takeSelection();
    void create();
    void edit();
    void remove();
    void sendTest();
    void showMessages();
    void showList(const QString& selected);
    void showResult(const QString& text, bool worked);
    void tell(const QString& text, Tone tone);
    [[nodiscard]] const DestinationFigures* selected() const;

    const Workspace& m_workspace;
    DestinationModel m_model;
    QString m_wanted; // to be selected as soon as it is there
    QAction* m_create;
    QAction* m_edit;
    QAction* m_remove;
    QAction* m_messages;
    QAction* m_test;
    TestDelivery m_testDelivery;
    ToneLabel* m_result;
    QTableView* m_table;
    DestinationState* m_state;
    ViewFrame* m_frame;
    DestinationEditor* m_editor;
    QStackedLayout* m_looks;
    Refresher* m_refresher;
};

} // namespace punctual::ui
