// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/sample_model.h"

#include "core/uuid_v7.h"
#include "ui/common/state_color.h"
#include "ui/common/time_text.h"
#include "ui/common/wording.h"

#include <QGuiApplication>
#include <QPalette>

namespace punctual::ui
{

SampleModel::SampleModel(const QTimeZone& zone, QObject* parent)
    : QAbstractTableModel(parent)
    , m_zone(zone)
{
}

int SampleModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SampleModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SampleModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& message = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::ForegroundRole && index.column() == State)
        return toneColor(toneOf(message.state), QGuiApplication::palette());
    if (role == Qt::ToolTipRole && index.column() == Due)
        return timeToolTip(message.dueAt, m_zone);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Due:
        return timeText(message.dueAt, m_zone);
    case State:
        return stateName(message.state);
    case Destination:
        return message.destination;
    case Key:
        return message.key;
    case LastResult:
        return message.lastStatus != 0 ? QString::number(message.lastStatus) : message.lastError;
    case Id:
        return toText(message.id);
    default:
        Q_UNREACHABLE();
    }
}

QVariant SampleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array names{tr("Due"), tr("State"), tr("Destination"), tr("Key"), tr("Last result"), tr("Id")};
    return names.at(static_cast<std::size_t>(section));
}

void SampleModel::show(std::vector<Message> messages)
{
    beginResetModel();
    m_rows = std::move(messages);
    endResetModel();
}

} // namespace punctual::ui
