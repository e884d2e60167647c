// SPDX-License-Identifier: GPL-3.0-or-later
// The page of nodes and health: who sends, how the database is doing and what to do about it, and what was
// missed while nobody could send.
#pragma once

#include "core/figures.h"
#include "ui/common/workspace.h"
#include "ui/nodes/missed_model.h"
#include "ui/nodes/node_model.h"

#include <QWidget>

class QFormLayout;
class QGroupBox;
class QTableView;

namespace punctual::ui
{

class Refresher;
class ToneLabel;
class ViewFrame;

class NodesPage : public QWidget
{
    Q_OBJECT

public:
    explicit NodesPage(const Workspace& workspace, QWidget* parent = nullptr);

    void refresh();

Q_SIGNALS:
    void messageRequested(const QUuid& id);

private:
    QWidget* makeContent();
    QGroupBox* makeBox(const QString& title, QTableView& table, ToneLabel& none);
    void ask();
    void take(const Result<HealthFigures>& answer);
    void showHealth(const HealthFigures& health);

    const Workspace& m_workspace;
    NodeModel m_nodes;
    MissedModel m_missed;
    QTableView* m_nodeTable;
    QTableView* m_missedTable;
    ToneLabel* m_noNode;
    ToneLabel* m_nothingMissed;
    QFormLayout* m_lines;
    ViewFrame* m_frame;
    Refresher* m_refresher;
};

} // namespace punctual::ui
