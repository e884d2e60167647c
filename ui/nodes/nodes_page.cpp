// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nodes/nodes_page.h"

#include "ui/common/refresher.h"
#include "ui/common/table_look.h"
#include "ui/common/tone_label.h"
#include "ui/common/view_frame.h"
#include "ui/common/wording.h"
#include "ui/nodes/health_text.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QTableView>

namespace punctual::ui
{

using namespace std::chrono_literals;

NodesPage::NodesPage(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_nodes(workspace.zone)
    , m_missed(workspace.zone)
    , m_nodeTable(new QTableView)
    , m_missedTable(new QTableView)
    , m_noNode(new ToneLabel(Tone::Bad))
    , m_nothingMissed(new ToneLabel(Tone::Good))
    , m_lines(new QFormLayout)
    , m_frame(new ViewFrame(makeContent()))
    , m_refresher(new Refresher(*this, 2s, [this] { ask(); }))
{
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_frame);
    connect(m_frame, &ViewFrame::retryRequested, this, &NodesPage::refresh);
    connect(m_refresher, &Refresher::late, this,
            [this] { m_frame->showError(tr("The database is slow to answer.")); });
    connect(m_missedTable, &QTableView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT messageRequested(m_missed.at(index.row()).id); });
}

QWidget* NodesPage::makeContent()
{
    m_nodeTable->setModel(&m_nodes);
    m_nodeTable->setAccessibleName(tr("Nodes"));
    makeDense(*m_nodeTable, {26, 10, 12, 13, 10, 13, 14, 22});
    m_missedTable->setModel(&m_missed);
    m_missedTable->setAccessibleName(tr("Missed messages"));
    m_missedTable->setToolTip(tr("Enter shows the message"));
    makeDense(*m_missedTable, {36, 30, 24});
    m_noNode->setText(tr("No node has been running for a day."));
    m_nothingMissed->setText(
        tr("Nothing left more than a minute late in the last seven days, and nothing expired."));
    auto* health = new QGroupBox(tr("Health"));
    health->setLayout(m_lines);
    m_lines->setLabelAlignment(Qt::AlignLeft);
    m_lines->setHorizontalSpacing(16);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeBox(tr("Nodes"), *m_nodeTable, *m_noNode), 2);
    layout->addWidget(health);
    layout->addWidget(makeBox(tr("Missed in the last seven days"), *m_missedTable, *m_nothingMissed), 2);
    return content;
}

QGroupBox* NodesPage::makeBox(const QString& title, QTableView& table, ToneLabel& none)
{
    auto* box = new QGroupBox(title);
    auto* layout = new QVBoxLayout(box);
    layout->addWidget(&table);
    layout->addWidget(&none, 0, Qt::AlignTop);
    return box;
}

void NodesPage::refresh()
{
    m_refresher->refresh();
}

void NodesPage::ask()
{
    m_workspace.client.healthFigures(m_workspace.actor, this,
                                     [this](const Result<HealthFigures>& answer) { take(answer); });
}

void NodesPage::take(const Result<HealthFigures>& answer)
{
    m_refresher->answered();
    if (!answer) {
        m_frame->showError(errorText(answer.error()));
        return;
    }
    m_nodes.show(answer->nodes, answer->now);
    m_missed.show(answer->missed);
    m_nodeTable->setVisible(m_nodes.rowCount() > 0);
    m_noNode->setVisible(m_nodes.rowCount() == 0);
    m_missedTable->setVisible(m_missed.rowCount() > 0);
    m_nothingMissed->setVisible(m_missed.rowCount() == 0);
    showHealth(*answer);
    m_frame->showContent();
}

void NodesPage::showHealth(const HealthFigures& health)
{
    const auto lines = healthLines(health);
    while (m_lines->rowCount() < static_cast<int>(lines.size())) {
        auto* text = new ToneLabel(Tone::Neutral);
        text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
        m_lines->addRow(new QLabel, text);
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const int row = static_cast<int>(i);
        static_cast<QLabel*>(m_lines->itemAt(row, QFormLayout::LabelRole)->widget())
            ->setText(lines[i].name + u':');
        auto* text = static_cast<ToneLabel*>(m_lines->itemAt(row, QFormLayout::FieldRole)->widget());
        text->setAccessibleName(lines[i].name);
        text->setTone(lines[i].tone);
        text->setText(lines[i].text);
    }
}

} // namespace punctual::ui
