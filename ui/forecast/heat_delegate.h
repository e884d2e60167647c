// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a cell of the forecast in the colour of its delay, with the number of messages where there is room.
#pragma once

#include <QStyledItemDelegate>

namespace punctual::ui
{

class ForecastModel;

class HeatDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    HeatDelegate(const ForecastModel& model, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    const ForecastModel& m_model;
};

} // namespace punctual::ui
