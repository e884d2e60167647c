// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nodes/missed_model.h"

#include "core/uuid_v7.h"
#include "ui/common/time_text.h"

namespace punctual::ui
{

MissedModel::MissedModel(const QTimeZone& zone, QObject* parent)
    : QAbstractTableModel(parent)
    , m_zone(zone)
{
}

int MissedModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MissedModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MissedModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& message = at(index.row());
    if (role == Qt::DisplayRole)
        return text(message, index.column());
    if (role == Qt::ToolTipRole && index.column() == Planned)
        return timeToolTip(message.plannedAt, m_zone);
    return {};
}

QVariant MissedModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array names{tr("Planned for"), tr("What became of it"), tr("Destination"), tr("Id")};
    return names.at(static_cast<std::size_t>(section));
}

void MissedModel::show(std::vector<MissedMessage> rows)
{
    if (rows == m_rows)
        return; // hardly ever anything changes
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

QString MissedModel::text(const MissedMessage& message, int column) const
{
    switch (column) {
    case Planned:
        return timeText(message.plannedAt, m_zone);
    case Late:
        return message.sentAt ? tr("sent %1 late").arg(spanText(*message.sentAt - message.plannedAt))
                              : tr("expired, never sent");
    case Destination:
        return message.destination;
    case Id:
        return toText(message.id);
    default:
        Q_UNREACHABLE();
    }
}

} // namespace punctual::ui
