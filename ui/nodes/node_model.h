// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the list of nodes, the oldest first. Merged by id. GUI thread.
#pragma once

#include "core/figures.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace punctual::ui
{

class NodeModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, State, Shards, Offset, Rate, Lateness, Claim, Seen, Started, ColumnCount };

    explicit NodeModel(const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Those that are gone, if their shards are taken over, need nobody's attention: they come last.
    void show(std::vector<NodeFigures> rows, Instant now);

private:
    [[nodiscard]] QString text(const NodeFigures& figures, int column) const;
    [[nodiscard]] QVariant toolTip(const NodeFigures& figures, int column) const;

    QTimeZone m_zone;
    Instant m_now;
    std::vector<NodeFigures> m_rows;
};

} // namespace punctual::ui
