// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/message_file_model.h"

#include "ui/common/detail_text.h"
#include "ui/common/state_color.h"
#include "ui/common/time_text.h"

#include <QGuiApplication>
#include <QPalette>

namespace punctual::ui
{

namespace
{

constexpr qsizetype shownBytes = 200;

} // namespace

MessageFileModel::MessageFileModel(const QTimeZone& zone, QObject* parent)
    : QAbstractTableModel(parent)
    , m_zone(zone)
{
}

int MessageFileModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_file.lines.size());
}

int MessageFileModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MessageFileModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto& line = m_file.lines[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return text(line, index.column());
    if (role == Qt::ToolTipRole && index.column() == Verdict)
        return text(line, Verdict);
    if (role == Qt::ForegroundRole && index.column() == Verdict)
        return toneColor(line.errors.empty() ? Tone::Good : Tone::Bad, QGuiApplication::palette());
    return {};
}

QVariant MessageFileModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array names{tr("Line"), tr("Check"), tr("Destination"), tr("Due"), tr("Key"), tr("Body")};
    return names.at(static_cast<std::size_t>(section));
}

void MessageFileModel::show(MessageFile file)
{
    beginResetModel(); // it is another text
    m_file = std::move(file);
    endResetModel();
}

QString MessageFileModel::text(const client::MessageLine& line, int column) const
{
    if (column == Line)
        return QString::number(line.number);
    if (column == Verdict) {
        QStringList problems;
        for (const auto& error : line.errors)
            problems << (error.pointer.isEmpty() ? tr("it %1").arg(detailText(error.detail))
                                                 : error.pointer.mid(1) + u' ' + detailText(error.detail));
        return problems.isEmpty() ? tr("right") : problems.join(QStringLiteral("; "));
    }
    if (!line.errors.empty())
        return column == Body ? QString::fromUtf8(line.text.left(shownBytes)).trimmed() : QString();
    switch (column) {
    case Destination:
        return line.message.destination;
    case Due:
        if (const auto* instant = std::get_if<Instant>(&line.message.due))
            return timeText(*instant, m_zone);
        return tr("in %1").arg(spanText(std::get<Duration>(line.message.due)));
    case Key:
        return line.message.key;
    case Body:
        return QString::fromUtf8(line.message.content.body.left(shownBytes)).simplified();
    default:
        Q_UNREACHABLE();
    }
}

} // namespace punctual::ui
