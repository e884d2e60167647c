// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/attempt_model.h"

#include "ui/common/state_color.h"
#include "ui/common/time_text.h"
#include "ui/common/wording.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

namespace punctual::ui
{

namespace
{

QString millisecondsText(Duration span)
{
    return QCoreApplication::translate("AttemptModel", "%1 ms")
        .arg(QLocale().toString(static_cast<double>(span.count()) / 1000, 'f', 1));
}

} // namespace

AttemptModel::AttemptModel(const QTimeZone& zone, QObject* parent)
    : QAbstractTableModel(parent)
    , m_zone(zone)
{
}

int AttemptModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_attempts.size());
}

int AttemptModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AttemptModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Attempt& attempt = m_attempts[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return text(attempt, index.column());
    if (role == Qt::ForegroundRole && index.column() == Result)
        return toneColor(toneOf(attempt.outcome), QGuiApplication::palette());
    if (role == Qt::ToolTipRole && index.column() == Started)
        return timeToolTip(attempt.startedAt, m_zone);
    if (role == Qt::ToolTipRole && index.column() == Answer)
        return text(attempt, Answer);
    return {};
}

QVariant AttemptModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array names{tr("Attempt"), tr("Sent"), tr("Late by"), tr("Took"), tr("Result"), tr("Answer")};
    return names.at(static_cast<std::size_t>(section));
}

void AttemptModel::show(std::vector<Attempt> attempts)
{
    beginResetModel();
    m_attempts = std::move(attempts);
    endResetModel();
}

void AttemptModel::extend(const std::vector<Attempt>& attempts)
{
    const auto known = static_cast<std::ptrdiff_t>(m_attempts.size());
    const auto total = static_cast<std::ptrdiff_t>(attempts.size());
    if (total <= known)
        return;
    beginInsertRows({}, static_cast<int>(known), static_cast<int>(total) - 1);
    m_attempts.insert(m_attempts.end(), attempts.begin() + known, attempts.end());
    endInsertRows();
}

QString AttemptModel::text(const Attempt& attempt, int column) const
{
    switch (column) {
    case Number:
        return QString::number(attempt.number);
    case Started:
        return timeText(attempt.startedAt, m_zone);
    case Lateness:
        return millisecondsText(attempt.lateness);
    case Took:
        return millisecondsText(attempt.finishedAt - attempt.startedAt);
    case Result:
        return attempt.status != 0 ? tr("%1 (HTTP %2)").arg(outcomeName(attempt.outcome)).arg(attempt.status)
                                   : outcomeName(attempt.outcome);
    case Answer:
        return attempt.error.isEmpty() ? QString::fromUtf8(attempt.response) : attempt.error;
    default:
        Q_UNREACHABLE();
    }
}

} // namespace punctual::ui
