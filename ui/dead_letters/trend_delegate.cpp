// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dead_letters/trend_delegate.h"

#include "ui/common/state_color.h"
#include "ui/dead_letters/dead_letter_model.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace punctual::ui
{

namespace
{

constexpr int barWidth = 3;
constexpr int trendMargin = 4;

void paintBars(QPainter& painter, const QRect& place, const std::vector<qint64>& hours, const QColor& bar,
               const QColor& ground)
{
    const qint64 most = std::max<qint64>(1, *std::max_element(hours.begin(), hours.end()));
    int left = place.left();
    for (const qint64 count : hours) {
        const double share = static_cast<double>(count) / static_cast<double>(most);
        const double height = count == 0 ? 1 : std::max(2.0, share * place.height());
        painter.fillRect(QRectF(left, place.bottom() + 1 - height, barWidth - 1, height),
                         count == 0 ? ground : bar);
        left += barWidth;
    }
}

} // namespace

void TrendDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const auto* group = index.data(DeadLetterModel::GroupRole).value<const DeadLetterGroup*>();
    const QString text = std::exchange(cell.text, QString());
    const QStyle* style = cell.widget != nullptr ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
    if (group == nullptr || group->hours.empty())
        return;
    const bool isSelected = cell.state.testFlag(QStyle::State_Selected);
    const QColor words = cell.palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
    QColor ground = words;
    ground.setAlphaF(0.3F);
    const QRect bars = cell.rect.adjusted(trendMargin, trendMargin, -trendMargin, -trendMargin);
    paintBars(*painter, bars, group->hours, isSelected ? words : toneColor(Tone::Bad, cell.palette), ground);
    QRect place = cell.rect;
    place.setLeft(bars.left() + barWidth * static_cast<int>(group->hours.size()) + 2 * trendMargin);
    painter->setPen(words);
    painter->setFont(cell.font);
    painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                      cell.fontMetrics.elidedText(text, Qt::ElideRight, place.width()));
}

} // namespace punctual::ui
