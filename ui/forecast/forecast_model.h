// SPDX-License-Identifier: GPL-3.0-or-later
// What is ahead: a row a destination, a column an hour. GUI thread.
#pragma once

#include "core/forecast.h"
#include "core/time.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace punctual::ui
{

class ForecastModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit ForecastModel(const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    /// The display is how many are due; the tool tip and the accessible text are reading().
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// All of them cover the same hours. Is reset only if destinations or hours are others than before.
    void show(std::vector<Forecast> forecasts);

    [[nodiscard]] const Forecast& destinationAt(int row) const
    {
        return m_rows[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] const ForecastHour& at(const QModelIndex& index) const;
    [[nodiscard]] Hour hourOf(int column) const;
    /// The cell of that hour; invalid if it is not there.
    [[nodiscard]] QModelIndex indexOf(const QString& destination, Hour hour) const;

    /// Everything about a cell in words.
    [[nodiscard]] QString reading(const QModelIndex& index) const;

private:
    [[nodiscard]] bool hasSameShape(const std::vector<Forecast>& forecasts) const;

    QTimeZone m_zone;
    std::vector<Forecast> m_rows;
};

} // namespace punctual::ui
