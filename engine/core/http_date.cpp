// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http_date.h"

#include <QRegularExpression>

#include <array>

namespace punctual
{

namespace
{

/// The forms of the RFC: the one that is sent, and two of old that are read.
const std::array<QRegularExpression, 3>& dateForms()
{
    static const auto form = [](const char* text) {
        return QRegularExpression(QString::fromLatin1(text).replace(
            QStringLiteral("TIME"), QStringLiteral(R"((?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d))")));
    };
    static const std::array forms{
        // Sun, 06 Nov 1994 08:49:37 GMT
        form(R"(^[A-Z][a-z]{2}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) TIME GMT\z)"),
        // Sunday, 06-Nov-94 08:49:37 GMT
        form(R"(^[A-Z][a-z]+day, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) TIME GMT\z)"),
        // Sun Nov  6 08:49:37 1994
        form(R"(^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) TIME (?<year>\d{4})\z)"),
    };
    return forms;
}

std::optional<std::chrono::month> monthOf(const QString& name)
{
    static const QStringList names =
        QStringLiteral("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split(u' ');
    const auto index = names.indexOf(name);
    if (index < 0)
        return std::nullopt;
    return std::chrono::month(static_cast<unsigned>(index) + 1);
}

/// Of the years that end with these two digits the one that is nearest.
int fullYear(int year, Instant now)
{
    const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(now));
    const int thisYear = static_cast<int>(today.year());
    const int guess = thisYear - thisYear % 100 + year;
    if (guess > thisYear + 50)
        return guess - 100;
    return guess <= thisYear - 50 ? guess + 100 : guess;
}

std::optional<Instant> instantOf(const QRegularExpressionMatch& match, Instant now)
{
    const auto part = [&](const char16_t* name) { return match.captured(QStringView(name)).toInt(); };
    const auto month = monthOf(match.captured(QStringLiteral("month")));
    if (!month)
        return std::nullopt;
    const int year =
        match.captured(QStringLiteral("year")).size() == 2 ? fullYear(part(u"year"), now) : part(u"year");
    const auto day = static_cast<unsigned>(match.captured(QStringLiteral("day")).trimmed().toInt());
    const std::chrono::year_month_day date(std::chrono::year(year), *month, std::chrono::day(day));
    // 60 is a leap second.
    if (!date.ok() || part(u"hour") > 23 || part(u"minute") > 59 || part(u"second") > 60)
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(part(u"hour")) +
           std::chrono::minutes(part(u"minute")) + std::chrono::seconds(part(u"second"));
}

} // namespace

std::optional<Instant> parseHttpDate(const QString& text, Instant now)
{
    for (const auto& form : dateForms())
        if (const auto match = form.match(text); match.hasMatch())
            return instantOf(match, now);
    return std::nullopt;
}

} // namespace punctual
