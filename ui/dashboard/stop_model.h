// SPDX-License-Identifier: GPL-3.0-or-later
// What stands still, a row each: breakers, pauses, holds and quotas. Merged by row, so that a selection
// survives.
#pragma once

#include "core/clock.h"
#include "ui/common/stops.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace punctual::ui
{

class StopModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Destination, What, Until, Cause, ColumnCount };

    explicit StopModel(const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void show(std::vector<Stop> stops, Instant now);
    [[nodiscard]] const Stop& at(int row) const { return m_stops[static_cast<std::size_t>(row)]; }

private:
    [[nodiscard]] QString text(const Stop& stop, int column) const;

    QTimeZone m_zone;
    Instant m_now;
    std::vector<Stop> m_stops;
};

} // namespace punctual::ui
