// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retry_after.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace punctual
{

namespace
{

std::optional<Instant> instantFrom(const QRegularExpressionMatch& match, int year)
{
    static const QString months = QStringLiteral("JanFebMarAprMayJunJulAugSepOctNovDec");
    const auto month = static_cast<int>(months.indexOf(match.captured(QStringLiteral("month"))) / 3 + 1);
    const QDate date(year, month, match.captured(QStringLiteral("day")).trimmed().toInt());
    const QTime time(match.captured(QStringLiteral("hour")).toInt(),
                     match.captured(QStringLiteral("minute")).toInt(),
                     std::min(match.captured(QStringLiteral("second")).toInt(), 59)); // a leap second
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    return fromDateTime(QDateTime(date, time, Qt::UTC));
}

int fullYear(int twoDigits, Instant now)
{
    const int thisYear = toDateTime(now).toUTC().date().year();
    const int year = thisYear - thisYear % 100 + twoDigits;
    return year > thisYear + 50 ? year - 100 : year;
}

} // namespace

std::optional<Instant> httpDate(QByteArrayView value, Instant now)
{
    static const QString month = QStringLiteral("(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)");
    static const QString time = QStringLiteral(R"((?<hour>\d\d):(?<minute>\d\d):(?<second>[0-5]\d|60))");
    static const QRegularExpression imf(
        QStringLiteral(R"(^[A-Z][a-z]{2}, (?<day>\d\d) %1 (?<year>\d{4}) %2 GMT\z)").arg(month, time));
    static const QRegularExpression rfc850(
        QStringLiteral(R"(^[A-Z][a-z]{5,8}, (?<day>\d\d)-%1-(?<year>\d\d) %2 GMT\z)").arg(month, time));
    static const QRegularExpression asctime(
        QStringLiteral(R"(^[A-Z][a-z]{2} %1 (?<day>[ \d]\d) %2 (?<year>\d{4})\z)").arg(month, time));

    const QString text = QString::fromLatin1(value.trimmed());
    for (const auto* form : {&imf, &rfc850, &asctime})
        if (const auto match = form->match(text); match.hasMatch()) {
            const int year = match.captured(QStringLiteral("year")).toInt();
            return instantFrom(match, form == &rfc850 ? fullYear(year, now) : year);
        }
    return std::nullopt;
}

std::optional<Duration> readRetryAfter(QByteArrayView value, Instant now)
{
    static const QRegularExpression seconds(QStringLiteral(R"(^\d{1,300}(\.\d{1,20})?\z)"));
    const QString text = QString::fromLatin1(value.trimmed());
    if (seconds.match(text).hasMatch()) {
        const double most = static_cast<double>(longestRetryAfter.count());
        return Duration(std::llround(std::min(std::ceil(text.toDouble() * 1e6), most)));
    }
    if (const auto date = httpDate(value, now))
        return std::clamp(*date - now, Duration{}, longestRetryAfter);
    return std::nullopt;
}

} // namespace punctual
