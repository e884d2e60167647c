// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_model.h"

#include "core/uuid_v7.h"
#include "ui/common/state_color.h"
#include "ui/common/time_text.h"
#include "ui/common/wording.h"

#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

namespace punctual::ui
{

namespace
{

MessageCursor keyOf(const Message& message)
{
    return {message.dueAt, message.id};
}

/// The order of the list: newest due first. Ids compare as the database does, byte by byte.
bool isBefore(const MessageCursor& a, const MessageCursor& b)
{
    if (a.dueAt != b.dueAt)
        return a.dueAt > b.dueAt;
    return a.id.toRfc4122() > b.id.toRfc4122();
}

bool isSame(const Message& a, const Message& b)
{
    return a.updatedAt == b.updatedAt && a.state == b.state && a.attempts == b.attempts;
}

} // namespace

MessageModel::MessageModel(const Clock& clock, const QTimeZone& zone, QObject* parent)
    : QAbstractTableModel(parent)
    , m_clock(clock)
    , m_zone(zone)
{
}

int MessageModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MessageModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MessageModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Message& message = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(message, index.column());
    case Qt::ToolTipRole:
        return toolTip(message, index.column());
    case Qt::ForegroundRole:
        return index.column() == State ? toneColor(toneOf(message.state), QGuiApplication::palette())
                                       : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant(index.column() == Attempts ? Qt::AlignRight | Qt::AlignVCenter
                                                   : Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant MessageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array names{tr("Due"),      tr("When"),     tr("Destination"), tr("State"),
                           tr("Priority"), tr("Attempts"), tr("Last result"), tr("Key"),
                           tr("Id"),       tr("Tags"),     tr("Created"),     tr("Size")};
    return names.at(static_cast<std::size_t>(section));
}

QString MessageModel::text(const Message& message, int column) const
{
    switch (column) {
    case Due:
        return timeText(message.dueAt, m_zone);
    case Relative:
        return isWaiting(message.state) && message.attempts == 0 && message.dueAt < m_clock.now()
                   ? tr("late by %1").arg(spanText(m_clock.now() - message.dueAt))
                   : relativeText(message.dueAt, m_clock.now());
    case Destination:
        return message.destination;
    case State:
        return stateName(message.state);
    case Priority:
        return priorityName(message.priority);
    case Attempts:
        return tr("%1 of %2").arg(message.attempts).arg(message.maxAttempts);
    case LastResult:
        return message.lastStatus != 0 ? tr("HTTP %1").arg(message.lastStatus) : message.lastError;
    case Key:
        return message.key;
    case Id:
        return toText(message.id);
    case Tags:
        return message.tags.join(QStringLiteral(", "));
    case Created:
        return timeText(message.createdAt, m_zone);
    case Size:
        return sizeText(message.bodySize);
    default:
        Q_UNREACHABLE();
    }
}

QVariant MessageModel::toolTip(const Message& message, int column) const
{
    switch (column) {
    case Due:
    case Relative:
        return timeToolTip(message.dueAt, m_zone);
    case State:
        return message.nextAttemptAt && message.state == MessageState::Retrying
                   ? tr("Next attempt: %1").arg(timeToolTip(*message.nextAttemptAt, m_zone))
                   : QVariant();
    case LastResult:
        return message.lastError;
    case Created:
        return timeToolTip(message.createdAt, m_zone);
    default:
        return {};
    }
}

bool MessageModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_next && m_rows.size() < capacity;
}

void MessageModel::fetchMore(const QModelIndex& parent)
{
    if (canFetchMore(parent))
        Q_EMIT moreWanted();
}

int MessageModel::rowOf(const MessageId& id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&id](const Message& row) { return row.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

std::optional<MessageCursor> MessageModel::cursorBefore(int row) const
{
    return row > 0 ? std::optional(keyOf(at(row - 1))) : std::nullopt;
}

void MessageModel::show(const MessagePage& page)
{
    m_next = page.next;
    mergeRange(0, m_rows.size(), page.items);
}

void MessageModel::merge(const std::optional<MessageCursor>& after, const MessagePage& page, bool isFull)
{
    const std::size_t begin = after ? firstRowAfter(*after) : 0;
    const std::size_t end = page.next ? std::max(begin, firstRowAfter(*page.next)) : m_rows.size();
    const bool isLonger = isFull && end == m_rows.size();
    if (!page.next || (m_next ? isBefore(*m_next, *page.next) : isLonger))
        m_next = page.next;
    mergeRange(begin, end, page.items);
}

bool MessageModel::hasRead(const MessageCursor& cursor) const
{
    return !m_next || isBefore(cursor, *m_next);
}

void MessageModel::tick(int firstRow, int lastRow)
{
    const int last = std::min(lastRow, rowCount() - 1);
    if (firstRow >= 0 && firstRow <= last)
        Q_EMIT dataChanged(index(firstRow, Relative), index(last, Relative), {Qt::DisplayRole});
}

std::size_t MessageModel::firstRowAfter(const MessageCursor& cursor) const
{
    const auto found = std::upper_bound(
        m_rows.begin(), m_rows.end(), cursor,
        [](const MessageCursor& key, const Message& row) { return isBefore(key, keyOf(row)); });
    return static_cast<std::size_t>(found - m_rows.begin());
}

/// Walks the rows from `row` to `end` beside the fresh ones; both are in the order of the list.
void MessageModel::mergeRange(std::size_t row, std::size_t end, const std::vector<Message>& fresh)
{
    auto next = fresh.begin();
    while (row < end || next != fresh.end()) {
        const auto isGone = [&](std::size_t i) {
            return i < end && (next == fresh.end() || isBefore(keyOf(m_rows[i]), keyOf(*next)));
        };
        const auto isNew = [&](auto i) {
            return i != fresh.end() && (row == end || isBefore(keyOf(*i), keyOf(m_rows[row])));
        };
        std::size_t gone = 0;
        while (isGone(row + gone))
            ++gone;
        if (gone > 0) {
            removeRun(row, gone);
            end -= gone;
            continue;
        }
        auto endOfNew = next;
        while (isNew(endOfNew))
            ++endOfNew;
        if (endOfNew != next) {
            insertRun(row, next, endOfNew);
            row += static_cast<std::size_t>(endOfNew - next);
            end += static_cast<std::size_t>(endOfNew - next);
            next = endOfNew;
            continue;
        }
        update(row++, *next++);
    }
}

void MessageModel::removeRun(std::size_t row, std::size_t count)
{
    const auto first = m_rows.begin() + static_cast<std::ptrdiff_t>(row);
    beginRemoveRows({}, static_cast<int>(row), static_cast<int>(row + count) - 1);
    m_rows.erase(first, first + static_cast<std::ptrdiff_t>(count));
    endRemoveRows();
}

void MessageModel::insertRun(std::size_t row, std::vector<Message>::const_iterator first,
                             std::vector<Message>::const_iterator last)
{
    beginInsertRows({}, static_cast<int>(row), static_cast<int>(row) + static_cast<int>(last - first) - 1);
    m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(row), first, last);
    endInsertRows();
}

void MessageModel::update(std::size_t row, const Message& message)
{
    if (isSame(m_rows[row], message))
        return;
    m_rows[row] = message;
    Q_EMIT dataChanged(index(static_cast<int>(row), 0), index(static_cast<int>(row), ColumnCount - 1));
}

} // namespace punctual::ui
