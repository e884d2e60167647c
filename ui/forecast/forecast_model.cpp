// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forecast/forecast_model.h"

#include "ui/common/time_text.h"

#include <QLocale>

namespace punctual::ui
{

using namespace std::chrono_literals;

ForecastModel::ForecastModel(const QTimeZone& zone, QObject* parent)
    : QAbstractTableModel(parent)
    , m_zone(zone)
{
}

int ForecastModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ForecastModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_rows.empty() ? 0 : static_cast<int>(m_rows.front().hours.size());
}

QVariant ForecastModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return at(index).due > 0 ? QLocale().toString(at(index).due) : QString();
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return reading(index);
    default:
        return {};
    }
}

QVariant ForecastModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (section < 0 || section >= (orientation == Qt::Vertical ? rowCount() : columnCount()))
        return {};
    if (orientation == Qt::Vertical) {
        const auto& forecast = destinationAt(section);
        if (role == Qt::DisplayRole)
            return forecast.destination;
        if (role == Qt::ToolTipRole && forecast.quotaRunsOutAt)
            return tr("The quota runs out at %1.").arg(timeText(*forecast.quotaRunsOutAt, m_zone));
        return {};
    }
    return role == Qt::DisplayRole ? QVariant(timeText(hourOf(section), m_zone)) : QVariant();
}

void ForecastModel::show(std::vector<Forecast> forecasts)
{
    if (hasSameShape(forecasts)) {
        m_rows = std::move(forecasts);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(forecasts);
    endResetModel();
}

bool ForecastModel::hasSameShape(const std::vector<Forecast>& forecasts) const
{
    if (forecasts.size() != m_rows.size())
        return false;
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        if (forecasts[row].destination != m_rows[row].destination ||
            forecasts[row].hours.size() != m_rows[row].hours.size() ||
            forecasts[row].hours.front().hour != m_rows[row].hours.front().hour)
            return false;
    return true;
}

const ForecastHour& ForecastModel::at(const QModelIndex& index) const
{
    return destinationAt(index.row()).hours[static_cast<std::size_t>(index.column())];
}

Hour ForecastModel::hourOf(int column) const
{
    return m_rows.front().hours[static_cast<std::size_t>(column)].hour;
}

QModelIndex ForecastModel::indexOf(const QString& destination, Hour hour) const
{
    for (int row = 0; row < rowCount(); ++row)
        for (int column = 0; column < columnCount(); ++column)
            if (destinationAt(row).destination == destination && hourOf(column) == hour)
                return index(row, column);
    return {};
}

QString ForecastModel::reading(const QModelIndex& index) const
{
    const QLocale locale;
    const auto& hour = at(index);
    const Instant begin = hour.hour;
    const QString which = tr("%1, %2 to %3")
                              .arg(destinationAt(index.row()).destination, timeText(begin, m_zone),
                                   clockText(begin + 1h, m_zone));
    QStringList parts{tr("%1 due").arg(locale.toString(hour.due)),
                      hour.allowed ? tr("%1 allowed").arg(locale.toString(*hour.allowed)) : tr("no limit")};
    if (hour.waiting > 0)
        parts << tr("%1 left over at its end").arg(locale.toString(hour.waiting));
    parts << (hour.delay >= 1s ? tr("delayed by up to %1").arg(spanText(hour.delay)) : tr("on time"));
    return which + QStringLiteral(": ") + parts.join(QStringLiteral(", "));
}

} // namespace punctual::ui
