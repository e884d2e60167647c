// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forecast/delay_legend.h"

#include "ui/forecast/delay_band.h"

#include <QPainter>

namespace punctual::ui
{

namespace
{

constexpr int afterSwatch = 5;
constexpr int afterName = 14;

} // namespace

DelayLegend::DelayLegend(QWidget* parent)
    : QWidget(parent)
{
    QStringList names;
    for (const auto band : allDelayBands)
        names << bandName(band);
    setAccessibleName(tr("Colours by expected delay: %1").arg(names.join(QStringLiteral(", "))));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

int DelayLegend::swatch() const
{
    return fontMetrics().height() - 2;
}

QSize DelayLegend::sizeHint() const
{
    int width = 0;
    for (const auto band : allDelayBands)
        width += swatch() + afterSwatch + fontMetrics().horizontalAdvance(bandName(band)) + afterName;
    return {width, fontMetrics().height() + 4};
}

void DelayLegend::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    QColor frame = palette().color(QPalette::Text);
    frame.setAlphaF(0.35F);
    int left = 0;
    for (const auto band : allDelayBands) {
        const QRect box(left, (height() - swatch()) / 2, swatch(), swatch());
        painter.fillRect(box, bandColor(band, palette()));
        painter.setPen(frame);
        painter.drawRect(box.adjusted(0, 0, -1, -1));
        painter.setPen(palette().color(QPalette::WindowText));
        left += swatch() + afterSwatch;
        const int width = fontMetrics().horizontalAdvance(bandName(band));
        painter.drawText(QRect(left, 0, width + 2, height()), Qt::AlignVCenter, bandName(band));
        left += width + afterName;
    }
}

} // namespace punctual::ui
