// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the list of dead letters: one for all that failed alike, the latest first. A row is its
// fingerprint's for as long as it is there, so that a selection never means another group. GUI thread.
#pragma once

#include "core/dead_letters.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace punctual::ui
{

class DeadLetterModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Count, Trend, Destination, Status, Error, First, Last, ColumnCount };
    enum Role { GroupRole = Qt::UserRole }; // a const DeadLetterGroup*, good until the event loop goes on

    explicit DeadLetterModel(const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// All that is to be there. Whoever scrolls to the end of `hasMore` asks for more.
    void show(const std::vector<DeadLetterGroup>& groups, bool hasMore = false);

    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    [[nodiscard]] const DeadLetterGroup& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

Q_SIGNALS:
    /// Once until show().
    void moreWanted();

private:
    void removeThoseNotIn(const std::vector<DeadLetterGroup>& groups);
    void addThoseOf(const std::vector<DeadLetterGroup>& groups);
    void order(const std::vector<DeadLetterGroup>& groups);
    [[nodiscard]] int rowOf(const QString& fingerprint) const;
    [[nodiscard]] QString text(const DeadLetterGroup& group, int column) const;

    QTimeZone m_zone;
    std::vector<DeadLetterGroup> m_rows;
    bool m_hasMore = false;
};

} // namespace punctual::ui
