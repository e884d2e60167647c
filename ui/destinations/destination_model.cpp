// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/destinations/destination_model.h"

#include "client/quota_now.h"
#include "ui/destinations/destination_health.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

namespace punctual::ui
{

namespace
{

qint64 countOf(const DestinationFigures& figures, std::initializer_list<MessageState> states)
{
    qint64 sum = 0;
    for (const auto state : states)
        if (const auto found = figures.messages.find(state); found != figures.messages.end())
            sum += found->second;
    return sum;
}

QString latenessText(Duration duration)
{
    const double value = std::chrono::duration<double, std::milli>(duration).count();
    return DestinationModel::tr("%1 ms").arg(QLocale().toString(value, 'g', value < 1000 ? 3 : 6));
}

} // namespace

DestinationModel::DestinationModel(const Clock& clock, QObject* parent)
    : QAbstractTableModel(parent)
    , m_clock(clock)
{
}

int DestinationModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DestinationModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DestinationModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& figures = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(figures, index.column());
    case Qt::ToolTipRole:
        return toolTip(figures, index.column());
    case Qt::ForegroundRole:
        return index.column() == Health
                   ? toneColor(healthOf(figures, m_clock.now()).tone, QGuiApplication::palette())
                   : QVariant();
    case Qt::TextAlignmentRole: {
        const bool isNumber = index.column() >= Waiting && index.column() <= Lateness;
        return QVariant((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case ShareRole:
        return index.column() == Quota ? share(figures) : QVariant();
    default:
        return {};
    }
}

QVariant DestinationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= Waiting && section <= Lateness)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const std::array names{tr("Name"),   tr("Health"),     tr("Breaker"), tr("Waiting"), tr("Dead"),
                           tr("Sent/s"), tr("Late (p99)"), tr("Quota"),   tr("URL")};
    return names.at(static_cast<std::size_t>(section));
}

void DestinationModel::show(std::vector<DestinationFigures> rows)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const int row = static_cast<int>(i);
        const int known = rowOf(rows[i].destination.name);
        if (known > row) { // those before it are gone
            beginRemoveRows({}, row, known - 1);
            m_rows.erase(m_rows.begin() + row, m_rows.begin() + known);
            endRemoveRows();
        } else if (known < row) { // new
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, rows[i]);
            endInsertRows();
        }
        m_rows[i] = std::move(rows[i]);
    }
    if (m_rows.size() > rows.size()) {
        beginRemoveRows({}, static_cast<int>(rows.size()), rowCount() - 1);
        m_rows.resize(rows.size());
        endRemoveRows();
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int DestinationModel::rowOf(const QString& name) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const DestinationFigures& figures) {
        return figures.destination.name == name;
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

QString DestinationModel::text(const DestinationFigures& figures, int column) const
{
    const QLocale locale;
    const auto& lately = figures.lately;
    switch (column) {
    case Name:
        return figures.destination.name;
    case Health:
        return healthOf(figures, m_clock.now()).text;
    case Breaker:
        return breakerText(figures.destination, m_clock.now());
    case Waiting:
        return locale.toString(countOf(figures, {MessageState::Scheduled, MessageState::Retrying}));
    case Dead:
        return locale.toString(countOf(figures, {MessageState::Dead}));
    case Rate:
        return locale.toString(static_cast<double>(lately.attempts) /
                                   std::chrono::duration<double>(punctual::lately).count(),
                               'f', 1);
    case Lateness:
        return lately.attempts > 0 ? latenessText(lately.percentile(0.99)) : QString();
    case Quota:
        if (const auto quota = quotaNow(figures.destination, m_clock.now()))
            return tr("%1 of %2").arg(locale.toString(quota->used), locale.toString(quota->limit));
        return tr("none");
    case Url:
        return figures.destination.url;
    default:
        Q_UNREACHABLE();
    }
}

QVariant DestinationModel::toolTip(const DestinationFigures& figures, int column) const
{
    if (column == Health)
        return healthOf(figures, m_clock.now()).detail;
    if (column == Waiting)
        return tr("Scheduled and retrying messages");
    if (column == Rate || column == Lateness)
        return tr("Of the attempts of the last five minutes");
    return text(figures, column);
}

QVariant DestinationModel::share(const DestinationFigures& figures) const
{
    const auto quota = quotaNow(figures.destination, m_clock.now());
    return quota ? QVariant(static_cast<double>(quota->used) / static_cast<double>(quota->limit))
                 : QVariant();
}

} // namespace punctual::ui
