// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the message table: a window onto the list in the database, newest due first. It is merged
// and never reset, so that selection and scroll position survive every refresh. GUI thread.
#pragma once

#include "core/clock.h"
#include "core/message_list.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace punctual::ui
{

class MessageModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Due,
        Relative,
        Destination,
        State,
        Priority,
        Attempts,
        LastResult,
        Key,
        Id,
        Tags,
        Created,
        Size,
        ColumnCount
    };

    /// More rows than this are not loaded: a narrower filter finds what lies beyond.
    static constexpr int capacity = 10'000;

    MessageModel(const Clock& clock, const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    /// Asks for the next page by moreWanted().
    void fetchMore(const QModelIndex& parent) override;

    /// There are more than may be loaded.
    [[nodiscard]] bool isCut() const { return m_next && m_rows.size() >= capacity; }
    /// Where the list goes on behind what has been read; nothing if its end has been reached.
    [[nodiscard]] const std::optional<MessageCursor>& next() const { return m_next; }
    /// Whether the list has been read as far as there.
    [[nodiscard]] bool hasRead(const MessageCursor& cursor) const;
    [[nodiscard]] const Message& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// The row of a message, -1 if it is not loaded.
    [[nodiscard]] int rowOf(const MessageId& id) const;
    /// What a page has to come after to begin with this row; nothing for the first.
    [[nodiscard]] std::optional<MessageCursor> cursorBefore(int row) const;

    /// Takes the first page of another list: rows that are not in it go.
    void show(const MessagePage& page);

    /// Takes the database's present answer for the rows from `after` to the next page: what is not in it any
    /// more goes, what is new comes, what changed is told.
    /// `isFull`: the page has as many rows as were asked for; else its end is how far was looked.
    void merge(const std::optional<MessageCursor>& after, const MessagePage& page, bool isFull = true);

    /// Tells that the relative times of these rows have moved on.
    void tick(int firstRow, int lastRow);

Q_SIGNALS:
    void moreWanted();

private:
    [[nodiscard]] QString text(const Message& message, int column) const;
    [[nodiscard]] QVariant toolTip(const Message& message, int column) const;
    [[nodiscard]] std::size_t firstRowAfter(const MessageCursor& cursor) const;
    void mergeRange(std::size_t row, std::size_t end, const std::vector<Message>& fresh);
    void removeRun(std::size_t row, std::size_t count);
    void insertRun(std::size_t row, std::vector<Message>::const_iterator first,
                   std::vector<Message>::const_iterator last);
    void update(std::size_t row, const Message& message);

    const Clock& m_clock;
    QTimeZone m_zone;
    std::vector<Message> m_rows;
    std::optional<MessageCursor> m_next;
};

} // namespace punctual::ui
