// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/time_line_model.h"

#include "ui/common/time_text.h"

#include <algorithm>

namespace punctual::ui
{

TimeLineModel::TimeLineModel(const QTimeZone& zone, QObject* parent)
    : QAbstractListModel(parent)
    , m_zone(zone)
{
}

int TimeLineModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant TimeLineModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TimeLineEntry& entry = at(index.row());
    const QString text =
        entry.detail.isEmpty() ? entry.title : entry.title + QStringLiteral(" – ") + entry.detail;
    switch (role) {
    case Qt::DisplayRole:
        return text;
    case Qt::AccessibleTextRole:
        return timeText(entry.at, m_zone) + QStringLiteral(": ") + text;
    case Qt::ToolTipRole:
        return timeToolTip(entry.at, m_zone) + u'\n' + text;
    default:
        return {};
    }
}

void TimeLineModel::show(std::vector<TimeLineEntry> entries)
{
    const auto [kept, fresh] =
        std::mismatch(m_entries.begin(), m_entries.end(), entries.begin(), entries.end());
    const int same = static_cast<int>(kept - m_entries.begin());
    if (kept != m_entries.end()) {
        beginRemoveRows({}, same, rowCount() - 1);
        m_entries.erase(kept, m_entries.end());
        endRemoveRows();
    }
    if (fresh != entries.end()) {
        beginInsertRows({}, same, static_cast<int>(entries.size()) - 1);
        m_entries.insert(m_entries.end(), fresh, entries.end());
        endInsertRows();
    }
}

QString TimeLineModel::timeOf(int row) const
{
    const auto dateOf = [this](int r) { return toDateTime(at(r).at).toTimeZone(m_zone).date(); };
    return row > 0 && dateOf(row) == dateOf(row - 1) ? clockText(at(row).at, m_zone)
                                                     : timeText(at(row).at, m_zone);
}

QString TimeLineModel::gapBefore(int row) const
{
    using namespace std::chrono_literals;
    const Duration gap = row > 0 ? at(row).at - at(row - 1).at : 0us;
    return gap >= 1ms ? u'+' + spanText(gap) : QString();
}

} // namespace punctual::ui
