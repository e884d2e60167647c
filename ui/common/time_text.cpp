// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/time_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

struct TimeTextWords
{
    Q_DECLARE_TR_FUNCTIONS(Times)
};

bool hasMilliseconds(Instant instant)
{
    return std::chrono::floor<std::chrono::milliseconds>(instant) !=
           std::chrono::floor<std::chrono::seconds>(instant);
}

/// "%1 h %2 min", or only the first half where the second is zero.
QString twoUnits(const QString& larger, const QString& smaller, qint64 smallerCount)
{
    return smallerCount == 0 ? larger : larger + u' ' + smaller;
}

} // namespace

QString timeText(Instant instant, const QTimeZone& zone)
{
    const QString date = QLocale().toString(toDateTime(instant).toTimeZone(zone),
                                            //: A date as in 1 Dec 2026 (QDateTime::toString)
                                            TimeTextWords::tr("d MMM yyyy"));
    return QStringLiteral("%1 %2 %3").arg(date, clockText(instant, zone), zoneText(instant, zone));
}

QString clockText(Instant instant, const QTimeZone& zone)
{
    return toDateTime(instant).toTimeZone(zone).toString(
        hasMilliseconds(instant) ? QStringLiteral("HH:mm:ss.zzz") : QStringLiteral("HH:mm:ss"));
}

QString zoneText(Instant instant, const QTimeZone& zone)
{
    const QString name = zone.abbreviation(toDateTime(instant));
    const bool isNumber = name.startsWith(u'+') || name.startsWith(u'-');
    return isNumber ? QStringLiteral("UTC") + name : name;
}

QString spanText(Duration span)
{
    const auto days = std::chrono::duration_cast<std::chrono::days>(span).count();
    const auto hours = span / 1h % 24;
    const auto minutes = span / 1min % 60;
    const auto seconds = span / 1s % 60;
    const QString secondsText = TimeTextWords::tr("%1 s").arg(seconds);
    const QString minutesText = TimeTextWords::tr("%1 min").arg(minutes);
    const QString hoursText = TimeTextWords::tr("%1 h").arg(hours);
    if (days > 0)
        return twoUnits(TimeTextWords::tr("%n day(s)", nullptr, static_cast<int>(days)), hoursText, hours);
    if (hours > 0)
        return twoUnits(hoursText, minutesText, minutes);
    if (minutes > 0)
        return twoUnits(minutesText, secondsText, seconds);
    return seconds > 0 ? secondsText : TimeTextWords::tr("%1 ms").arg(span / 1ms);
}

QString relativeText(Instant instant, Instant now)
{
    const Duration until = instant - now;
    if (until > -1s && until < 1s)
        return TimeTextWords::tr("now");
    return until > 0s ? TimeTextWords::tr("in %1").arg(spanText(until))
                      : TimeTextWords::tr("%1 ago").arg(spanText(-until));
}

QString timeToolTip(Instant instant, const QTimeZone& zone)
{
    return timeText(instant, zone) + u'\n' + timeText(instant, QTimeZone::utc());
}

} // namespace punctual::ui
