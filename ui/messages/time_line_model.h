// SPDX-License-Identifier: GPL-3.0-or-later
// The time line of one message as rows. What stays the same is not told anew, so that selection and scroll
// position survive. GUI thread.
#pragma once

#include "ui/messages/time_line.h"

#include <QAbstractListModel>

namespace punctual::ui
{

class TimeLineModel : public QAbstractListModel
{
    Q_OBJECT

public:
    explicit TimeLineModel(const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    void show(std::vector<TimeLineEntry> entries);

    [[nodiscard]] const TimeLineEntry& at(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    /// "1 Dec 2026 09:00:00.250 CET"; the clock alone where the date is that of the row before.
    [[nodiscard]] QString timeOf(int row) const;
    /// The time since the row before: "+10 s"; empty for the first and for no time.
    [[nodiscard]] QString gapBefore(int row) const;

private:
    QTimeZone m_zone;
    std::vector<TimeLineEntry> m_entries;
};

} // namespace punctual::ui
