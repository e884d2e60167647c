// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nodes/node_model.h"

#include "ui/common/state_color.h"
#include "ui/common/time_text.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

#include <algorithm>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

constexpr Duration muchOffset = 1s; // a clock that is wrong by this much misleads whoever reads it

QString offsetText(Duration duration)
{
    const double value = std::chrono::duration<double, std::milli>(duration).count();
    return NodeModel::tr("%1 ms").arg(QLocale().toString(value, 'f', std::abs(value) < 100 ? 2 : 0));
}

} // namespace

NodeModel::NodeModel(const QTimeZone& zone, QObject* parent)
    : QAbstractTableModel(parent)
    , m_zone(zone)
{
}

int NodeModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int NodeModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant NodeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& figures = m_rows[static_cast<std::size_t>(index.row())];
    const QPalette palette = QGuiApplication::palette();
    switch (role) {
    case Qt::DisplayRole:
        return text(figures, index.column());
    case Qt::ToolTipRole:
        return toolTip(figures, index.column());
    case Qt::ForegroundRole:
        if (index.column() == State)
            return toneColor(figures.node.alive ? Tone::Good : Tone::Neutral, palette);
        if (index.column() == Offset && figures.node.clockOffset &&
            std::chrono::abs(*figures.node.clockOffset) >= muchOffset)
            return toneColor(Tone::Warning, palette);
        return {};
    case Qt::TextAlignmentRole: {
        const bool isNumber = index.column() >= Shards && index.column() <= Claim;
        return QVariant((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    default:
        return {};
    }
}

QVariant NodeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= Shards && section <= Claim)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const std::array names{tr("Node"),       tr("State"),       tr("Shards"),    tr("Clock"),  tr("Sent/s"),
                           tr("Late (p99)"), tr("Claim takes"), tr("Last seen"), tr("Started")};
    return names.at(static_cast<std::size_t>(section));
}

void NodeModel::show(std::vector<NodeFigures> rows, Instant now)
{
    std::stable_partition(rows.begin(), rows.end(), [](const NodeFigures& row) { return row.node.alive; });
    m_now = now;
    const auto known = static_cast<int>(m_rows.size());
    const auto wanted = static_cast<int>(rows.size());
    if (wanted < known) {
        beginRemoveRows({}, wanted, known - 1);
        m_rows.resize(rows.size());
        endRemoveRows();
    } else if (wanted > known) {
        beginInsertRows({}, known, wanted - 1);
        m_rows.insert(m_rows.end(), rows.begin() + known, rows.end());
        endInsertRows();
    }
    m_rows = std::move(rows);
    if (wanted > 0)
        Q_EMIT dataChanged(index(0, 0), index(wanted - 1, ColumnCount - 1));
}

QString NodeModel::text(const NodeFigures& figures, int column) const
{
    const auto& node = figures.node;
    const auto& lately = figures.lately;
    const QLocale locale;
    switch (column) {
    case Name:
        return node.name;
    case State:
        return node.alive ? tr("running") : tr("ended");
    case Shards:
        return tr("%1 of 64").arg(node.shards);
    case Offset:
        return node.clockOffset ? (*node.clockOffset > 0us ? QStringLiteral("+") : QString()) +
                                      offsetText(*node.clockOffset)
                                : QString();
    case Rate:
        return locale.toString(static_cast<double>(lately.attempts) / 60, 'f', 1);
    case Lateness:
        return lately.attempts > 0 ? offsetText(lately.percentile(0.99)) : QString();
    case Claim:
        return lately.attempts > 0
                   ? offsetText(lately.parts[std::size_t(LatenessPart::Claim)] / lately.attempts)
                   : QString();
    case Seen:
        return node.alive ? relativeText(node.lastSeenAt, std::max(m_now, node.lastSeenAt))
                          : timeText(std::chrono::floor<std::chrono::seconds>(node.lastSeenAt), m_zone);
    case Started:
        return timeText(std::chrono::floor<std::chrono::seconds>(node.startedAt), m_zone);
    default:
        Q_UNREACHABLE();
    }
}

QVariant NodeModel::toolTip(const NodeFigures& figures, int column) const
{
    switch (column) {
    case Offset:
        return tr(
            "How far its machine's clock is ahead of the database's. Messages leave by the database's time.");
    case Claim:
        return tr(
            "Of the lateness, what asking the database for the message took on average in the last minute");
    case Rate:
    case Lateness:
        return tr("Of the attempts of the last minute");
    case Seen:
        return timeToolTip(figures.node.lastSeenAt, m_zone);
    case Started:
        return timeToolTip(figures.node.startedAt, m_zone);
    default:
        return text(figures, column);
    }
}

} // namespace punctual::ui
