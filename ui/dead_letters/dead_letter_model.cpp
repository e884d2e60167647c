// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dead_letters/dead_letter_model.h"

#include "ui/common/time_text.h"
#include "ui/dead_letters/trend.h"

#include <QLocale>

#include <algorithm>

namespace punctual::ui
{

namespace
{

bool contains(const std::vector<DeadLetterGroup>& groups, const QString& fingerprint)
{
    return std::any_of(groups.begin(), groups.end(), [&fingerprint](const DeadLetterGroup& group) {
        return group.fingerprint == fingerprint;
    });
}

} // namespace

DeadLetterModel::DeadLetterModel(const QTimeZone& zone, QObject* parent)
    : QAbstractTableModel(parent)
    , m_zone(zone)
{
}

int DeadLetterModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int DeadLetterModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DeadLetterModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& group = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(group, index.column());
    case Qt::ToolTipRole:
        if (index.column() == First || index.column() == Last)
            return timeToolTip(index.column() == First ? group.firstAt : group.lastAt, m_zone);
        return index.column() == Error ? QVariant(group.error) : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant((index.column() == Count ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case GroupRole:
        return QVariant::fromValue(&group);
    default:
        return {};
    }
}

QVariant DeadLetterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Count)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const std::array names{tr("Count"), tr("Last 24 hours"), tr("Destination"), tr("Status"),
                           tr("Error"), tr("First"),         tr("Last")};
    return names.at(static_cast<std::size_t>(section));
}

bool DeadLetterModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_hasMore;
}

void DeadLetterModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    m_hasMore = false;
    Q_EMIT moreWanted();
}

void DeadLetterModel::show(const std::vector<DeadLetterGroup>& groups, bool hasMore)
{
    m_hasMore = hasMore;
    removeThoseNotIn(groups);
    addThoseOf(groups);
    order(groups);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void DeadLetterModel::removeThoseNotIn(const std::vector<DeadLetterGroup>& groups)
{
    for (int row = rowCount() - 1; row >= 0; --row)
        if (!contains(groups, at(row).fingerprint)) {
            beginRemoveRows({}, row, row);
            m_rows.erase(m_rows.begin() + row);
            endRemoveRows();
        }
}

void DeadLetterModel::addThoseOf(const std::vector<DeadLetterGroup>& groups)
{
    for (const auto& group : groups)
        if (!contains(m_rows, group.fingerprint)) {
            beginInsertRows({}, rowCount(), rowCount());
            m_rows.push_back(group);
            endInsertRows();
        }
}

/// Takes the values and the order of `groups`, which are the same groups.
void DeadLetterModel::order(const std::vector<DeadLetterGroup>& groups)
{
    Q_EMIT layoutAboutToBeChanged();
    const auto before = persistentIndexList();
    QStringList fingerprints;
    for (const auto& persistent : before)
        fingerprints << at(persistent.row()).fingerprint;
    m_rows = groups;
    for (qsizetype i = 0; i < before.size(); ++i)
        changePersistentIndex(before[i], index(rowOf(fingerprints[i]), before[i].column()));
    Q_EMIT layoutChanged();
}

int DeadLetterModel::rowOf(const QString& fingerprint) const
{
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        if (m_rows[row].fingerprint == fingerprint)
            return static_cast<int>(row);
    return -1;
}

QString DeadLetterModel::text(const DeadLetterGroup& group, int column) const
{
    switch (column) {
    case Count:
        return QLocale().toString(group.count);
    case Trend:
        return trendText(group.hours);
    case Destination:
        return group.destination;
    case Status:
        return group.status != 0 ? QString::number(group.status) : QStringLiteral("–");
    case Error:
        return group.error.simplified();
    case First:
        return timeText(std::chrono::floor<std::chrono::seconds>(group.firstAt), m_zone);
    case Last:
        return timeText(std::chrono::floor<std::chrono::seconds>(group.lastAt), m_zone);
    default:
        Q_UNREACHABLE();
    }
}

} // namespace punctual::ui
