// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/time.h"

#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <array>

namespace punctual
{

using namespace std::chrono_literals;

namespace
{

struct Unit
{
    QLatin1StringView name;
    Duration length;
};

constexpr std::array units{Unit{QLatin1StringView("d"), 24h}, Unit{QLatin1StringView("h"), 1h},
                           Unit{QLatin1StringView("m"), 1min}, Unit{QLatin1StringView("s"), 1s},
                           Unit{QLatin1StringView("ms"), 1ms}};

/// Writes a number with leading zeros and what stands behind it.
void write(QChar*& at, int digits, int number, char separator)
{
    for (int i = digits; i > 0; --i, number /= 10)
        at[i - 1] = QLatin1Char(static_cast<char>('0' + number % 10));
    at[digits] = QLatin1Char(separator);
    at += digits + 1;
}

} // namespace

QString toRfc3339(Instant instant)
{
    // By hand: every request carries one, and QDateTime takes longer than the rest of its headers together.
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::milliseconds>(instant - day));
    QString text(24, Qt::Uninitialized);
    QChar* at = text.data();
    write(at, 4, std::clamp(static_cast<int>(date.year()), 0, 9999), '-');
    write(at, 2, static_cast<int>(static_cast<unsigned>(date.month())), '-');
    write(at, 2, static_cast<int>(static_cast<unsigned>(date.day())), 'T');
    write(at, 2, static_cast<int>(time.hours().count()), ':');
    write(at, 2, static_cast<int>(time.minutes().count()), ':');
    write(at, 2, static_cast<int>(time.seconds().count()), '.');
    write(at, 3, static_cast<int>(time.subseconds().count()), 'Z');
    return text;
}

Result<Instant> parseRfc3339(const QString& text)
{
    static const QRegularExpression form(QStringLiteral(
        R"(^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))\z)"));
    const auto match = form.match(text);
    if (!match.hasMatch())
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("is not an RFC 3339 time with an offset, as in 2026-12-01T09:00:00Z"));
    const auto date = QDate::fromString(match.captured(1), Qt::ISODate);
    // Not Qt::ISODate, which reads 24:00 as the 00:00 before it.
    const auto time = QTime::fromString(match.captured(2), QStringLiteral("HH:mm:ss"));
    const int offsetHours = match.captured(6).toInt();
    const int offsetMinutes = match.captured(7).toInt();
    if (!date.isValid() || !time.isValid() || offsetHours > 23 || offsetMinutes > 59)
        return failure(ErrorCode::InvalidInput, QStringLiteral("is a time that does not exist"));
    const QString fraction = match.captured(3).leftJustified(6, u'0').left(6);
    Duration offset = std::chrono::hours(offsetHours) + std::chrono::minutes(offsetMinutes);
    if (match.captured(5) == u"-")
        offset = -offset;
    return fromDateTime(QDateTime(date, time, QTimeZone::utc())) + Duration(fraction.toInt()) - offset;
}

Result<Duration> parseDuration(const QString& text)
{
    static const QRegularExpression form(QStringLiteral(
        R"(^(?:(\d{1,6})d)?(?:(\d{1,8})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?(?:(\d{1,12})ms)?\z)"));
    const auto match = form.match(text);
    if (text.isEmpty() || !match.hasMatch())
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("is not a span of time, as in 250ms, 5s, 1h30m or 10d"));
    Duration sum{};
    for (std::size_t i = 0; i < units.size(); ++i)
        sum += match.captured(static_cast<int>(i) + 1).toLongLong() * units[i].length;
    return sum;
}

QString toText(Duration duration)
{
    if (duration < 1ms)
        return QStringLiteral("0s");
    QString text;
    for (const auto& unit : units) {
        const auto count = duration / unit.length;
        if (count > 0)
            text += QString::number(count) + unit.name;
        duration -= count * unit.length;
    }
    return text;
}

QDateTime toDateTime(Instant instant)
{
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(instant);
    return QDateTime::fromMSecsSinceEpoch(milliseconds.time_since_epoch().count(), QTimeZone::utc());
}

Instant fromDateTime(const QDateTime& dateTime)
{
    return Instant{std::chrono::milliseconds(dateTime.toMSecsSinceEpoch())};
}

} // namespace punctual
