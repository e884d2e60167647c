// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/operations_page.h"

#include "ui/common/refresher.h"
#include "ui/common/table_look.h"
#include "ui/common/view_frame.h"
#include "ui/common/wording.h"
#include "ui/operations/operation_panel.h"
#include "ui/operations/progress_delegate.h"

#include <QTableView>
#include <QVBoxLayout>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

constexpr int operationsAPage = 100;

} // namespace

OperationsPage::OperationsPage(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(workspace.zone)
    , m_table(new QTableView)
    , m_panel(new OperationPanel(workspace))
    , m_frame(new ViewFrame(m_table))
    , m_refresher(new Refresher(*this, 1s, [this] { ask(); }))
{
    layOut();
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &OperationsPage::takeSelection);
    connect(&m_model, &OperationModel::dataChanged, this, &OperationsPage::takeSelection);
    connect(&m_model, &OperationModel::moreWanted, this, &OperationsPage::readMore);
    connect(m_panel, &OperationPanel::changed, this, &OperationsPage::showFresh);
    connect(m_frame, &ViewFrame::retryRequested, this, &OperationsPage::refresh);
    connect(m_refresher, &Refresher::late, this,
            [this] { m_frame->showError(tr("The database is slow to answer.")); });
}

void OperationsPage::layOut()
{
    m_table->setModel(&m_model);
    m_table->setItemDelegateForColumn(OperationModel::Progress, new ProgressDelegate(m_table));
    m_table->setAccessibleName(tr("Operations"));
    makeDense(*m_table, {30, 15, 38, 18, 17, 24, 12});
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_frame, 1);
    layout->addWidget(m_panel);
}

void OperationsPage::refresh()
{
    m_refresher->refresh();
}

void OperationsPage::ask()
{
    m_workspace.client.operations(m_workspace.actor, std::nullopt, operationsAPage, this,
                                  [this](const Result<OperationPage>& answer) { take(answer); });
}

void OperationsPage::take(const Result<OperationPage>& answer)
{
    m_refresher->answered();
    if (!answer) {
        m_frame->showError(errorText(answer.error()));
        return;
    }
    m_model.show(*answer);
    if (m_model.rowCount() == 0) {
        m_frame->showEmpty(
            tr("No bulk operation yet. Messages and Dead letters start them: cancel, send again "
               "or reschedule all that match."));
        return;
    }
    m_frame->showContent();
    if (const int row = m_wanted.isNull() ? -1 : m_model.rowOf(m_wanted); row >= 0) {
        m_table->selectRow(row);
        m_wanted = {};
    } else if (!m_table->selectionModel()->hasSelection()) {
        m_table->selectRow(0);
    }
}

void OperationsPage::readMore(const QUuid& after)
{
    m_workspace.client.operations(m_workspace.actor, after, operationsAPage, this,
                                  [this, after](const Result<OperationPage>& answer) {
                                      if (answer)
                                          m_model.append(after, *answer);
                                      else
                                          m_model.readingFailed();
                                  });
}

void OperationsPage::takeSelection()
{
    const auto rows = m_table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        m_panel->clear();
    else
        m_panel->show(m_model.at(rows.front().row()));
}

void OperationsPage::showFresh(const Operation& operation)
{
    m_wanted = operation.id;
    refresh();
}

} // namespace punctual::ui
