// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the audit, the newest first. They never change, but for their seal, and so are only added. GUI
// thread.
#pragma once

#include "core/audit.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace punctual::ui
{

class AuditModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { At, Actor, Action, Object, Origin, Reason, Sealed, ColumnCount };

    explicit AuditModel(const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    /// Forgets everything: the filter is another one.
    void clear();
    /// The newest page as it is now; `limit` rows were asked for.
    void show(const std::vector<AuditEntry>& newest, int limit);
    /// The page behind `beforeId`; one that no longer follows the last row is left out.
    void append(qint64 beforeId, const std::vector<AuditEntry>& page, int limit);
    /// That page cannot be had; the next scrolling asks again.
    void readingFailed() { m_asked.reset(); }

    [[nodiscard]] const AuditEntry& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

Q_SIGNALS:
    /// Once until append() or readingFailed().
    void moreWanted(qint64 beforeId);

private:
    void takeSeals(const std::vector<AuditEntry>& newest);
    [[nodiscard]] QString text(const AuditEntry& entry, int column) const;

    QTimeZone m_zone;
    std::vector<AuditEntry> m_rows;
    bool m_hasMore = false;
    std::optional<qint64> m_asked; // the page behind this one is being read
};

} // namespace punctual::ui
