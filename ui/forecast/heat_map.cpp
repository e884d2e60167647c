// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forecast/heat_map.h"

#include "ui/forecast/forecast_model.h"
#include "ui/forecast/heat_delegate.h"
#include "ui/forecast/hour_header.h"

#include <QPainter>

#include <algorithm>

namespace punctual::ui
{

HeatMap::HeatMap(ForecastModel& model, const QTimeZone& zone, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
    , m_hours(new HourHeader(model, zone, this))
{
    setHorizontalHeader(m_hours);
    setModel(&model);
    setItemDelegate(new HeatDelegate(model, this));
    setAccessibleName(tr("Forecast by destination and hour"));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setSectionsClickable(false);
    verticalHeader()->setHighlightSections(false);
    verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(&model, &ForecastModel::modelReset, this, &HeatMap::fit);
    fit();
}

void HeatMap::fit()
{
    const int text = fontMetrics().height();
    const int room = viewport()->height() / std::max(1, m_model.rowCount());
    verticalHeader()->setDefaultSectionSize(std::clamp(room, text + 10, 3 * text));
    m_hours->fit(viewport()->width());
    updateGeometries(); // the header was quiet about it: else there would be room to scroll into
    viewport()->update();
}

void HeatMap::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fit();
}

void HeatMap::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update(); // the mark is wider than a cell
    if (current.isValid())
        Q_EMIT cellReached(current);
}

void HeatMap::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (!currentIndex().isValid())
        return;
    // A cell of ten days is a few pixels wide: its mark stands around it.
    QPainter painter(viewport());
    const QRect cell = visualRect(currentIndex());
    painter.setPen(QPen(palette().color(QPalette::Base), 1));
    painter.drawRect(cell.adjusted(-3, 0, 2, -1));
    painter.setPen(QPen(palette().color(QPalette::Text), 2));
    painter.drawRect(cell.adjusted(-1, 1, 1, -1));
}

} // namespace punctual::ui
