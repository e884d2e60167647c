// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the list of bulk operations, the newest first. Merged by id, so that a selection stays. GUI
// thread.
#pragma once

#include "core/operation.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace punctual::ui
{

class OperationModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Started, Action, About, Progress, State, Verdicts, By, Reason, ColumnCount };
    enum Role {
        ShareRole = Qt::UserRole, // of the progress: 0 to 1
        ToneRole                  // a Tone, of its state
    };

    explicit OperationModel(const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    /// The newest ones as they are now. What is older than they are stays.
    void show(const OperationPage& newest);
    /// The page behind `after`; one that no longer follows the last row is left out.
    void append(const QUuid& after, const OperationPage& page);
    /// That page cannot be had; the next scrolling asks again.
    void readingFailed() { m_asked.reset(); }

    [[nodiscard]] const Operation& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// -1 for one that is not there.
    [[nodiscard]] int rowOf(const QUuid& id) const;

Q_SIGNALS:
    /// Once until append() or readingFailed().
    void moreWanted(const QUuid& after);

private:
    [[nodiscard]] QString text(const Operation& operation, int column) const;

    QTimeZone m_zone;
    std::vector<Operation> m_rows;
    bool m_hasMore = false;
    std::optional<QUuid> m_asked; // the page behind this one is being read
};

} // namespace punctual::ui
