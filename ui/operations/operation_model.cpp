// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/operation_model.h"

#include "ui/common/state_color.h"
#include "ui/common/time_text.h"
#include "ui/operations/operation_text.h"

#include <QGuiApplication>
#include <QPalette>

namespace punctual::ui
{

OperationModel::OperationModel(const QTimeZone& zone, QObject* parent)
    : QAbstractTableModel(parent)
    , m_zone(zone)
{
}

int OperationModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int OperationModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant OperationModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& operation = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(operation, index.column());
    case Qt::ToolTipRole:
        return index.column() == Started ? timeToolTip(operation.createdAt, m_zone)
                                         : text(operation, index.column());
    case Qt::ForegroundRole:
        return index.column() == State
                   ? QVariant(toneColor(toneOf(operation.state), QGuiApplication::palette()))
                   : QVariant();
    case ToneRole:
        return QVariant::fromValue(toneOf(operation.state));
    case ShareRole:
        return index.column() == Progress ? QVariant(progressOf(operation)) : QVariant();
    default:
        return {};
    }
}

QVariant OperationModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array names{tr("Started"), tr("Action"), tr("Messages"), tr("Progress"),
                           tr("State"),   tr("Result"), tr("By"),       tr("Reason")};
    return names.at(static_cast<std::size_t>(section));
}

bool OperationModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_hasMore && !m_rows.empty();
}

void OperationModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent) || m_asked == m_rows.back().id)
        return;
    m_asked = m_rows.back().id;
    Q_EMIT moreWanted(*m_asked);
}

void OperationModel::show(const OperationPage& newest)
{
    if (m_rows.empty())
        m_hasMore = newest.next.has_value();
    // New ones stand before the first that is known; the others are in their places.
    std::size_t fresh = 0;
    while (fresh < newest.items.size() && rowOf(newest.items[fresh].id) < 0)
        ++fresh;
    if (fresh == newest.items.size() && fresh > 0 && !m_rows.empty() &&
        newest.next) { // nothing is left of it
        beginResetModel();
        m_rows = newest.items;
        m_hasMore = true;
        endResetModel();
        return;
    }
    if (fresh > 0) {
        beginInsertRows({}, 0, static_cast<int>(fresh) - 1);
        m_rows.insert(m_rows.begin(), newest.items.begin(),
                      newest.items.begin() + static_cast<std::ptrdiff_t>(fresh));
        endInsertRows();
    }
    for (const auto& operation : newest.items) {
        const int row = rowOf(operation.id);
        if (row < 0)
            continue;
        auto& known = m_rows[static_cast<std::size_t>(row)];
        const bool isSame = known.updatedAt == operation.updatedAt && known.state == operation.state &&
                            known.done == operation.done && known.lastError == operation.lastError;
        known = operation;
        if (!isSame)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

void OperationModel::append(const QUuid& after, const OperationPage& page)
{
    if (m_rows.empty() || m_rows.back().id != after)
        return;
    m_asked.reset();
    m_hasMore = page.next.has_value();
    if (page.items.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(page.items.size()) - 1);
    m_rows.insert(m_rows.end(), page.items.begin(), page.items.end());
    endInsertRows();
}

int OperationModel::rowOf(const QUuid& id) const
{
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        if (m_rows[row].id == id)
            return static_cast<int>(row);
    return -1;
}

QString OperationModel::text(const Operation& operation, int column) const
{
    switch (column) {
    case Started:
        return timeText(std::chrono::floor<std::chrono::seconds>(operation.createdAt), m_zone);
    case Action:
        return actionText(operation);
    case About: {
        const QString options = optionsText(operation.options, m_zone);
        const QString about =
            operation.undoOf ? tr("What the other one changed") : filterText(operation.filter, m_zone);
        return options.isEmpty() ? about : about + QStringLiteral(" – ") + options;
    }
    case Progress:
        return progressText(operation);
    case State:
        return stateName(operation.state);
    case Verdicts:
        return verdictsText(operation);
    case By:
        return operation.actor;
    case Reason:
        return operation.reason;
    default:
        Q_UNREACHABLE();
    }
}

} // namespace punctual::ui
