// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_table.h"

#include "ui/common/letter_width.h"
#include "ui/messages/message_model.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>
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
    const int em = letterWidth(fontMetrics());
    const std::array widths{36, 16, 18, 13, 10, 12, 18, 18, 38, 20, 30, 12};
    for (int column = 0; column < static_cast<int>(widths.size()); ++column)
        setColumnWidth(column, em * widths.at(static_cast<std::size_t>(column)));
    for (const int column : {MessageModel::Tags, MessageModel::Created, MessageModel::Size})
        hideColumn(column);
    horizontalHeader()->setSectionsMovable(true);
    makeColumnActions();
}

void MessageTable::makeColumnActions()
{
    for (int column = 0; column < MessageModel::ColumnCount; ++column) {
        auto* action =
            new QAction(m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), this);
        action->setCheckable(true);
        connect(action, &QAction::toggled, this,
                [this, column](bool shown) { setColumnHidden(column, !shown); });
        m_columns.append(action);
    }
    m_columns[MessageModel::Due]->setEnabled(false); // the list is in its order
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QWidget::customContextMenuRequested, this, &MessageTable::showColumnMenu);
    takeColumns();
}

void MessageTable::showColumnMenu(const QPoint& place)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(m_columns);
    menu->popup(horizontalHeader()->mapToGlobal(place));
}

void MessageTable::takeColumns()
{
    for (int column = 0; column < MessageModel::ColumnCount; ++column) {
        const QSignalBlocker quiet(m_columns[column]);
        m_columns[column]->setChecked(!isColumnHidden(column));
    }
}

QByteArray MessageTable::saveColumns() const
{
    return horizontalHeader()->saveState();
}

void MessageTable::restoreColumns(const QByteArray& state)
{
    horizontalHeader()->restoreState(state);
    takeColumns();
}

std::vector<Message> MessageTable::selectedMessages() const
{
    std::vector<Message> messages;
    const auto rows = selectionModel()->selectedRows();
    for (const auto& row : rows)
        messages.push_back(m_model.at(row.row()));
    return messages;
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
