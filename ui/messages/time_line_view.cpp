// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/time_line_view.h"

#include "ui/common/letter_width.h"
#include "ui/common/state_color.h"
#include "ui/messages/time_line_model.h"

#include <QApplication>
#include <QPainter>
#include <QStyledItemDelegate>

namespace punctual::ui
{

namespace
{

class TimeLineDelegate : public QStyledItemDelegate
{
public:
    TimeLineDelegate(const TimeLineModel& model, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_model(model)
    {
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const int lines = m_model.at(index.row()).detail.isEmpty() ? 1 : 2;
        return {letterWidth(option.fontMetrics) * 60, option.fontMetrics.height() * lines + 8};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const int row = index.row();
        const auto& entry = m_model.at(row);
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        QApplication::style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
        const QPalette& palette = option.palette;
        const QColor plain = palette.color(isSelected ? QPalette::HighlightedText : QPalette::Text);
        const QColor quiet = isSelected ? plain : toneColor(Tone::Neutral, palette);
        const QColor tone = isSelected ? plain : toneColor(entry.tone, palette);
        const QRect area = option.rect.adjusted(6, 4, -6, -4);
        const int line = option.fontMetrics.height();
        const int timeWidth = letterWidth(option.fontMetrics) * 37;
        const int x = area.left() + timeWidth + 14;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        drawLine(*painter, option.rect, x, area.top() + line / 2, row, quiet);
        painter->setPen(QPen(tone, 1.6));
        painter->setBrush(entry.isToCome ? palette.brush(QPalette::Base) : QBrush(tone));
        painter->drawEllipse(QPoint(x, area.top() + line / 2), 4, 4);
        painter->setPen(quiet);
        painter->drawText(QRect(area.left(), area.top(), timeWidth, line), Qt::AlignRight | Qt::AlignVCenter,
                          m_model.timeOf(row));
        const QString gap = m_model.gapBefore(row);
        const int gapWidth = option.fontMetrics.horizontalAdvance(gap);
        painter->drawText(QRect(area.right() - gapWidth, area.top(), gapWidth + 1, line), Qt::AlignVCenter,
                          gap);
        const QRect text(x + 14, area.top(), area.right() - gapWidth - 10 - x - 14, line);
        painter->setPen(entry.tone == Tone::Neutral ? plain : tone);
        painter->drawText(text, Qt::AlignVCenter,
                          option.fontMetrics.elidedText(entry.title, Qt::ElideRight, text.width()));
        painter->setPen(quiet);
        painter->drawText(text.translated(0, line), Qt::AlignVCenter,
                          option.fontMetrics.elidedText(entry.detail, Qt::ElideRight, text.width()));
        painter->restore();
    }

private:
    /// From the dot above to the dot below; dashed where it is still to come.
    void drawLine(QPainter& painter, const QRect& rect, int x, int y, int row, const QColor& color) const
    {
        const auto pen = [&](int upTo) {
            return QPen(color, 1, m_model.at(upTo).isToCome ? Qt::DashLine : Qt::SolidLine);
        };
        if (row > 0) {
            painter.setPen(pen(row));
            painter.drawLine(x, rect.top(), x, y);
        }
        if (row + 1 < m_model.rowCount()) {
            painter.setPen(pen(row + 1));
            painter.drawLine(x, y, x, rect.bottom() + 1);
        }
    }

    const TimeLineModel& m_model;
};

} // namespace

TimeLineView::TimeLineView(TimeLineModel& model, QWidget* parent)
    : QListView(parent)
{
    setModel(&model);
    setItemDelegate(new TimeLineDelegate(model, this));
    setAccessibleName(tr("Time line of the message"));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setUniformItemSizes(false);
}

} // namespace punctual::ui
