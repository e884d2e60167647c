// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forecast/hour_header.h"

#include "ui/forecast/forecast_model.h"

#include <QLocale>
#include <QPainter>

namespace punctual::ui
{

HourHeader::HourHeader(const ForecastModel& model, const QTimeZone& zone, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_model(model)
    , m_zone(zone)
{
    setSectionsClickable(false);
    setMinimumSectionSize(1);
    setSectionResizeMode(QHeaderView::Fixed);
}

QSize HourHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), 2 * fontMetrics().height() + 6};
}

void HourHeader::fit(int width)
{
    const QSignalBlocker quiet(this); // the view would lay itself out after every one of them
    for (int column = 0; column < count(); ++column)
        resizeSection(column, width * (column + 1) / count() - width * column / count());
    viewport()->update();
}

QDateTime HourHeader::localTime(int column) const
{
    return toDateTime(m_model.hourOf(column)).toTimeZone(m_zone);
}

int HourHeader::left(int column) const
{
    return column < count() ? sectionViewportPosition(column) : length() - offset();
}

void HourHeader::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), palette().color(QPalette::Base));
    if (m_model.rowCount() == 0 || count() != m_model.columnCount())
        return;
    int first = 0;
    for (int column = 1; column <= count(); ++column)
        if (column == count() || localTime(column).date() != localTime(first).date()) {
            paintDay(painter, first, column);
            first = column;
        }
    paintHours(painter);
}

void HourHeader::paintDay(QPainter& painter, int first, int end) const
{
    QColor line = palette().color(QPalette::Text);
    line.setAlphaF(0.35F);
    painter.setPen(line);
    if (first > 0)
        painter.drawLine(left(first), 2, left(first), height());
    const QRect place(left(first) + 4, 2, left(end) - left(first) - 6, fontMetrics().height());
    const QLocale locale;
    const QDate day = localTime(first).date();
    //: A day as in Mon 23 Nov (QDate::toString)
    QString text = locale.toString(day, tr("ddd d MMM"));
    if (fontMetrics().horizontalAdvance(text) > place.width())
        text = locale.toString(day, QStringLiteral("ddd d"));
    if (fontMetrics().horizontalAdvance(text) > place.width())
        return;
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, text);
}

void HourHeader::paintHours(QPainter& painter) const
{
    const double width = static_cast<double>(length()) / count();
    const int textWidth = fontMetrics().horizontalAdvance(QStringLiteral("00")) + 8;
    int step = 1;
    while (step < 24 && step * width < textWidth)
        step = step == 1 ? 2 : step == 2 ? 3 : step * 2; // 1, 2, 3, 6, 12, 24
    if (step >= 24)
        return;
    QColor color = palette().color(QPalette::Text);
    color.setAlphaF(0.7F);
    painter.setPen(color);
    for (int column = 0; column < count(); ++column) {
        const QTime time = localTime(column).time();
        if (time.hour() % step != 0)
            continue;
        const QRect place(left(column), fontMetrics().height() + 2, static_cast<int>(step * width),
                          fontMetrics().height());
        if (place.right() <= viewport()->width())
            painter.drawText(place.adjusted(2, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                             time.toString(QStringLiteral("HH")));
    }
}

} // namespace punctual::ui
