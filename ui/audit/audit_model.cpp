// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/audit_model.h"

#include "ui/common/time_text.h"

#include <algorithm>

namespace punctual::ui
{

AuditModel::AuditModel(const QTimeZone& zone, QObject* parent)
    : QAbstractTableModel(parent)
    , m_zone(zone)
{
}

int AuditModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AuditModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AuditModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& entry = at(index.row());
    if (role == Qt::DisplayRole)
        return text(entry, index.column());
    if (role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case At:
        return timeToolTip(entry.at, m_zone);
    case Actor:
        return tr("PostgreSQL knows them as %1").arg(entry.login);
    default:
        return text(entry, index.column());
    }
}

QVariant AuditModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array names{tr("When"), tr("Who"),    tr("Action"), tr("Object"),
                           tr("From"), tr("Reason"), tr("Sealed")};
    return names.at(static_cast<std::size_t>(section));
}

bool AuditModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_hasMore && !m_rows.empty();
}

void AuditModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent) || m_asked == m_rows.back().id)
        return;
    m_asked = m_rows.back().id;
    Q_EMIT moreWanted(*m_asked);
}

void AuditModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_hasMore = false;
    m_asked.reset();
    endResetModel();
}

void AuditModel::show(const std::vector<AuditEntry>& newest, int limit)
{
    const bool isFull = static_cast<int>(newest.size()) == limit;
    // Ids may appear a little out of order, so new ones are told by the whole page.
    const bool meets = m_rows.empty() || newest.empty() || newest.back().id <= m_rows.front().id;
    if (m_rows.empty() || (!meets && isFull)) { // more came meanwhile than a page holds
        beginResetModel();
        m_rows = newest;
        m_hasMore = isFull;
        endResetModel();
        return;
    }
    int row = 0;
    for (const auto& entry : newest) {
        while (row < rowCount() && at(row).id > entry.id)
            ++row;
        if (row < rowCount() && at(row).id == entry.id)
            continue;
        beginInsertRows({}, row, row);
        m_rows.insert(m_rows.begin() + row, entry);
        endInsertRows();
    }
    takeSeals(newest);
}

void AuditModel::takeSeals(const std::vector<AuditEntry>& newest)
{
    for (const auto& entry : newest) {
        const auto known = std::find_if(m_rows.begin(), m_rows.end(),
                                        [&entry](const AuditEntry& row) { return row.id == entry.id; });
        if (known == m_rows.end() || known->sealed == entry.sealed)
            continue;
        known->sealed = entry.sealed;
        const auto row = static_cast<int>(known - m_rows.begin());
        Q_EMIT dataChanged(index(row, Sealed), index(row, Sealed));
    }
}

void AuditModel::append(qint64 beforeId, const std::vector<AuditEntry>& page, int limit)
{
    if (m_rows.empty() || m_rows.back().id != beforeId)
        return;
    m_asked.reset();
    m_hasMore = static_cast<int>(page.size()) == limit;
    if (page.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(page.size()) - 1);
    m_rows.insert(m_rows.end(), page.begin(), page.end());
    endInsertRows();
}

QString AuditModel::text(const AuditEntry& entry, int column) const
{
    switch (column) {
    case At:
        return timeText(std::chrono::floor<std::chrono::milliseconds>(entry.at), m_zone);
    case Actor:
        return entry.actor;
    case Action:
        return entry.action;
    case Object:
        return QStringList{entry.kind, entry.object}.join(u' ').trimmed();
    case Origin:
        return entry.address.isEmpty() ? entry.origin
                                       : QStringLiteral("%1, %2").arg(entry.origin, entry.address);
    case Reason:
        return entry.reason;
    case Sealed:
        return entry.sealed ? tr("yes") : tr("not yet");
    default:
        Q_UNREACHABLE();
    }
}

} // namespace punctual::ui
