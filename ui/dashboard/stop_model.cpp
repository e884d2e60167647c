// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/stop_model.h"

#include "ui/common/time_text.h"

#include <QGuiApplication>
#include <QPalette>

namespace punctual::ui
{

StopModel::StopModel(const QTimeZone& zone, QObject* parent)
    : QAbstractTableModel(parent)
    , m_zone(zone)
{
}

int StopModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_stops.size());
}

int StopModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StopModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Stop& stop = at(index.row());
    if (role == Qt::DisplayRole)
        return text(stop, index.column());
    if (role == Qt::ToolTipRole)
        return index.column() == Until && stop.until ? timeToolTip(*stop.until, m_zone)
                                                     : text(stop, index.column());
    if (role == Qt::ForegroundRole && index.column() == What)
        return toneColor(toneOf(stop.kind), QGuiApplication::palette());
    return {};
}

QVariant StopModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array names{tr("Destination"), tr("State"), tr("Goes on"), tr("Cause")};
    return names.at(static_cast<std::size_t>(section));
}

void StopModel::show(std::vector<Stop> stops, Instant now)
{
    m_now = now;
    const int known = rowCount();
    const int wanted = static_cast<int>(stops.size());
    if (wanted < known) {
        beginRemoveRows({}, wanted, known - 1);
        m_stops.resize(stops.size());
        endRemoveRows();
    } else if (wanted > known) {
        beginInsertRows({}, known, wanted - 1);
        m_stops.insert(m_stops.end(), stops.begin() + known, stops.end());
        endInsertRows();
    }
    m_stops = std::move(stops);
    if (wanted > 0)
        Q_EMIT dataChanged(index(0, 0), index(wanted - 1, ColumnCount - 1));
}

QString StopModel::text(const Stop& stop, int column) const
{
    switch (column) {
    case Destination:
        return stop.destination;
    case What:
        return stopName(stop.kind);
    case Until:
        if (stop.until)
            return QStringLiteral("%1 (%2)").arg(
                clockText(std::chrono::floor<std::chrono::seconds>(*stop.until), m_zone),
                relativeText(*stop.until, m_now));
        return stop.kind == Stop::Kind::BreakerTrying ? tr("being tried now") : tr("when it is resumed");
    case Cause:
        return stop.cause;
    default:
        Q_UNREACHABLE();
    }
}

} // namespace punctual::ui
