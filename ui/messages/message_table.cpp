// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_table.h"

#include "ui/messages/message_model.h"

#include <QHeaderView>
#include <QScrollBar>

namespace punctual::ui
{

MessageTable::MessageTable(MessageModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
{
    setModel(&model);
    setAccessibleName(tr("Messages"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 7);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setStretchLastSection(true);
    const int em = fontMetrics().averageCharWidth();
    const std::array widths{36, 16, 18, 13, 10, 12, 18, 18};
    for (int column = 0; column < static_cast<int>(widths.size()); ++column)
        setColumnWidth(column, em * widths.at(static_cast<std::size_t>(column)));
}

std::vector<MessageId> MessageTable::selectedIds() const
{
    std::vector<MessageId> ids;
    const auto rows = selectionModel()->selectedRows();
    for (const auto& row : rows)
        ids.push_back(m_model.at(row.row()).id);
    return ids;
}

bool MessageTable::select(const MessageId& id)
{
    const int row = m_model.rowOf(id);
    if (row >= 0)
        selectRow(row);
    return row >= 0;
}

int MessageTable::firstVisibleRow() const
{
    return qMax(0, rowAt(0));
}

int MessageTable::rowsThatFit() const
{
    return viewport()->height() / verticalHeader()->defaultSectionSize() + 2;
}

void MessageTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectionMoved();
}

} // namespace punctual::ui
