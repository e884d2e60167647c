// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/due_notes.h"

#include "ui/common/time_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace punctual::ui
{

namespace
{

struct DueNotesWords
{
    Q_DECLARE_TR_FUNCTIONS(DueNotes)
};

constexpr int firstHourOfNight = 22;
constexpr int firstHourOfDay = 7;

} // namespace

bool isNight(Instant instant, const QTimeZone& zone)
{
    const int hour = toDateTime(instant).toTimeZone(zone).time().hour();
    return hour >= firstHourOfNight || hour < firstHourOfDay;
}

QString recipientText(Instant due, const QTimeZone& recipient)
{
    const QString reading = timeText(due, recipient);
    return isNight(due, recipient) ? DueNotesWords::tr("There it is %1, at night.").arg(reading)
                                   : DueNotesWords::tr("There it is %1.").arg(reading);
}

QString clockChangeText(Instant now, Instant due, const QTimeZone& zone)
{
    if (due <= now || !zone.hasTransitions())
        return {};
    const auto change = zone.previousTransition(toDateTime(due));
    if (!change.atUtc.isValid() || change.atUtc <= toDateTime(now))
        return {};
    const auto before = zone.offsetFromUtc(change.atUtc.addSecs(-1));
    const std::chrono::seconds shift(change.offsetFromUtc - before);
    if (shift == std::chrono::seconds::zero())
        return {};
    const QString day = QLocale().toString(change.atUtc.toTimeZone(zone).date(), QLocale::ShortFormat);
    const QString place = QString::fromLatin1(zone.id());
    return shift > std::chrono::seconds::zero()
               ? DueNotesWords::tr("The clocks in %1 are put forward by %2 on %3, before it is due.")
                     .arg(place, spanText(shift), day)
               : DueNotesWords::tr("The clocks in %1 are put back by %2 on %3, before it is due.")
                     .arg(place, spanText(-shift), day);
}

} // namespace punctual::ui
