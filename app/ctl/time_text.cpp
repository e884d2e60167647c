// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/time_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <optional>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TimeText)
};

/// What a clock on the wall shows; the zone is open, so it is kept as if it were UTC.
std::optional<QDateTime> readReading(const QString& text)
{
    static const QRegularExpression form(
        QStringLiteral(R"(^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2})(?::(\d{2}))?(?:\.(\d{1,3}))?$)"));
    const auto match = form.match(text);
    const QString seconds = match.captured(3).isEmpty() ? QStringLiteral("00") : match.captured(3);
    const QString fraction = match.captured(4).leftJustified(3, u'0');
    const auto date = QDate::fromString(match.captured(1), Qt::ISODate);
    const auto time = QTime::fromString(match.captured(2) + u':' + seconds + u'.' + fraction,
                                        QStringLiteral("HH:mm:ss.zzz"));
    if (!match.hasMatch() || !date.isValid() || !time.isValid())
        return std::nullopt;
    return QDateTime(date, time, QTimeZone::utc());
}

QString withOffset(const QDateTime& utc, const QTimeZone& zone)
{
    return utc.toOffsetFromUtc(zone.offsetFromUtc(utc)).toString(Qt::ISODate);
}

} // namespace

QString toLocalText(Instant instant, const QTimeZone& zone)
{
    const auto local = toDateTime(instant).toTimeZone(zone);
    return local.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz ")) + local.timeZoneAbbreviation();
}

bool hasOffset(const QString& text)
{
    static const QRegularExpression form(QStringLiteral(R"(([Zz]|[+-]\d{2}:\d{2})$)"));
    return form.match(text).hasMatch();
}

Result<Instant> readTime(const QString& text, const QTimeZone& zone)
{
    if (hasOffset(text))
        return parseRfc3339(text);
    const auto reading = readReading(text);
    if (!reading)
        return failure(
            ErrorCode::InvalidInput,
            Words::tr(
                "is not a time, as in 2026-12-01 09:00, 2026-12-01T09:00:00.250 or 2026-12-01T09:00:00Z"));
    // QDateTime hides gaps and overlaps, so both offsets around the reading are tried in UTC.
    const auto early = reading->addSecs(-zone.offsetFromUtc(reading->addDays(-1)));
    const auto late = reading->addSecs(-zone.offsetFromUtc(reading->addDays(1)));
    const auto shows = [&](const QDateTime& utc) { return utc.addSecs(zone.offsetFromUtc(utc)) == *reading; };
    if (early == late || (shows(early) && !shows(late)))
        return fromDateTime(early);
    if (shows(late) && !shows(early))
        return fromDateTime(late);
    const QString name = QString::fromLatin1(zone.id());
    return failure(ErrorCode::InvalidInput,
                   (shows(early)
                        ? Words::tr("happens twice in %1, when the clock is put back: give %2 or %3")
                        : Words::tr("does not exist in %1, where the clock is put forward: give %2 or %3"))
                       .arg(name, withOffset(early, zone), withOffset(late, zone)));
}

} // namespace punctual::ctl
