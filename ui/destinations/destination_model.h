// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the list of destinations, in the order of their names. Merged and never reset, so that the
// selection survives. GUI thread.
#pragma once

#include "core/clock.h"
#include "core/figures.h"

#include <QAbstractTableModel>

namespace punctual::ui
{

class DestinationModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Health, Breaker, Waiting, Dead, Rate, Lateness, Quota, Url, ColumnCount };
    /// Of a quota: what is used of it, 0 to 1.
    static constexpr int ShareRole = Qt::UserRole;

    explicit DestinationModel(const Clock& clock, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void show(std::vector<DestinationFigures> rows);
    [[nodiscard]] const DestinationFigures& at(int row) const
    {
        return m_rows[static_cast<std::size_t>(row)];
    }
    /// -1 if it is not there.
    [[nodiscard]] int rowOf(const QString& name) const;

private:
    [[nodiscard]] QString text(const DestinationFigures& figures, int column) const;
    [[nodiscard]] QVariant toolTip(const DestinationFigures& figures, int column) const;
    [[nodiscard]] QVariant share(const DestinationFigures& figures) const;

    const Clock& m_clock;
    std::vector<DestinationFigures> m_rows;
};

} // namespace punctual::ui
