// SPDX-License-Identifier: GPL-3.0-or-later
// The messages whose time passed while nobody could send them, the latest first. GUI thread.
#pragma once

#include "core/missed_message.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace punctual::ui
{

class MissedModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Planned, Late, Destination, Id, ColumnCount };

    explicit MissedModel(const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void show(std::vector<MissedMessage> rows);
    [[nodiscard]] const MissedMessage& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

private:
    [[nodiscard]] QString text(const MissedMessage& message, int column) const;

    QTimeZone m_zone;
    std::vector<MissedMessage> m_rows;
};

} // namespace punctual::ui
