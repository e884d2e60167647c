// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/table_look.h"

#include "ui/common/letter_width.h"

#include <QHeaderView>
#include <QTableView>

namespace punctual::ui
{

void makeDense(QTableView& table, const std::vector<int>& widths)
{
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setTabKeyNavigation(false);
    table.setAlternatingRowColors(true);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->setDefaultSectionSize(table.fontMetrics().height() + 7);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table.horizontalHeader()->setStretchLastSection(true);
    const int em = letterWidth(table.fontMetrics());
    for (std::size_t column = 0; column < widths.size(); ++column)
        table.setColumnWidth(static_cast<int>(column), em * widths[column]);
}

} // namespace punctual::ui
