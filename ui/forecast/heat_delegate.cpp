// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forecast/heat_delegate.h"

#include "ui/forecast/delay_band.h"
#include "ui/forecast/forecast_model.h"

#include <QPainter>

namespace punctual::ui
{

HeatDelegate::HeatDelegate(const ForecastModel& model, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

void HeatDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    constexpr int enoughForGap = 6;
    const QColor ground = bandColor(bandOf(m_model.at(index)), option.palette);
    const QRect cell = option.rect.adjusted(0, 1, option.rect.width() >= enoughForGap ? -1 : 0, -1);
    painter->fillRect(cell, ground);
    const QString text = index.data().toString();
    if (text.isEmpty() || option.fontMetrics.horizontalAdvance(text) > cell.width() - 4)
        return;
    painter->setPen(textColorOn(ground));
    painter->drawText(cell, Qt::AlignCenter, text);
}

} // namespace punctual::ui
