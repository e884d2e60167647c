// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forecast/delay_band.h"

#include <QCoreApplication>
#include <QPalette>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

struct DelayBandWords
{
    Q_DECLARE_TR_FUNCTIONS(DelayBand)
};

} // namespace

DelayBand bandOf(const ForecastHour& hour)
{
    if (hour.due == 0 && hour.waiting == 0)
        return DelayBand::Nothing;
    if (hour.delay < 1s)
        return DelayBand::OnTime;
    if (hour.delay < 1min)
        return DelayBand::UnderMinute;
    if (hour.delay < 10min)
        return DelayBand::UnderTenMinutes;
    if (hour.delay < 1h)
        return DelayBand::UnderHour;
    return hour.delay < 6h ? DelayBand::UnderSixHours : DelayBand::Longer;
}

QString bandName(DelayBand band)
{
    switch (band) {
    case DelayBand::Nothing:
        return DelayBandWords::tr("nothing due");
    case DelayBand::OnTime:
        return DelayBandWords::tr("on time");
    case DelayBand::UnderMinute:
        return DelayBandWords::tr("under 1 min");
    case DelayBand::UnderTenMinutes:
        return DelayBandWords::tr("under 10 min");
    case DelayBand::UnderHour:
        return DelayBandWords::tr("under 1 h");
    case DelayBand::UnderSixHours:
        return DelayBandWords::tr("under 6 h");
    case DelayBand::Longer:
        return DelayBandWords::tr("6 h and more");
    }
    Q_UNREACHABLE();
}

QColor bandColor(DelayBand band, const QPalette& palette)
{
    const bool dark = palette.color(QPalette::Base).lightness() < 128;
    switch (band) {
    case DelayBand::Nothing:
        return dark ? QColor(0x2a, 0x2c, 0x31) : QColor(0xf1, 0xf2, 0xf4);
    case DelayBand::OnTime:
        return dark ? QColor(0x27, 0x4f, 0x78) : QColor(0xb5, 0xd3, 0xee);
    case DelayBand::UnderMinute:
        return dark ? QColor(0x5c, 0x46, 0x10) : QColor(0xfe, 0xe9, 0x9a);
    case DelayBand::UnderTenMinutes:
        return dark ? QColor(0x8c, 0x67, 0x14) : QColor(0xfe, 0xc4, 0x4f);
    case DelayBand::UnderHour:
        return dark ? QColor(0xbc, 0x8c, 0x1e) : QColor(0xec, 0x8d, 0x1c);
    case DelayBand::UnderSixHours:
        return dark ? QColor(0xe8, 0xbb, 0x45) : QColor(0xbb, 0x52, 0x08);
    case DelayBand::Longer:
        return dark ? QColor(0xff, 0xf0, 0xa8) : QColor(0x6e, 0x26, 0x05);
    }
    Q_UNREACHABLE();
}

QColor textColorOn(const QColor& ground)
{
    return qGray(ground.rgb()) > 140 ? QColor(Qt::black) : QColor(Qt::white);
}

} // namespace punctual::ui
