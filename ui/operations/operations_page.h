// SPDX-License-Identifier: GPL-3.0-or-later
// The page of bulk operations: those that run and those that are over, and the selected one with abort and
// undo.
#pragma once

#include "ui/common/workspace.h"
#include "ui/operations/operation_model.h"

#include <QWidget>

class QTableView;

namespace punctual::ui
{

class OperationPanel;
class Refresher;
class ViewFrame;

class OperationsPage : public QWidget
{
    Q_OBJECT

public:
    explicit OperationsPage(const Workspace& workspace, QWidget* parent = nullptr);

    void refresh();

private:
    void layOut();
    void ask();
    void take(const Result<OperationPage>& answer);
    void readMore(const QUuid& after);
    void takeSelection();
    void showFresh(const Operation& operation);

    const Workspace& m_workspace;
    OperationModel m_model;
    QUuid m_wanted; // to be selected as soon as it is there; null: none
    QTableView* m_table;
    OperationPanel* m_panel;
    ViewFrame* m_frame;
    Refresher* m_refresher;
};

} // namespace punctual::ui
