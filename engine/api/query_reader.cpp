// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/query_reader.h"

namespace punctual::api
{

QueryReader::QueryReader(const std::vector<QueryItem>& query, std::vector<FieldError>& errors)
    : m_query(query)
    , m_errors(errors)
{
}

void QueryReader::wrong(QStringView name, const QString& detail)
{
    m_errors.push_back({u'/' + name.toString(), detail});
}

std::optional<QString> QueryReader::text(QLatin1StringView name)
{
    std::optional<QString> found;
    for (const auto& item : m_query) {
        if (item.name != name)
            continue;
        if (found || item.value.contains(QChar::Null)) {
            wrong(QString(name), found ? QStringLiteral("is given more than once")
                                       : QStringLiteral("contains a NUL character"));
            return std::nullopt;
        }
        found = item.value;
    }
    return found;
}

std::optional<int> QueryReader::integer(QLatin1StringView name, int least, int most)
{
    const auto written = text(name);
    if (!written)
        return std::nullopt;
    bool isNumber = false;
    const int read = written->toInt(&isNumber);
    if (!isNumber || read < least || read > most) {
        wrong(QString(name), QStringLiteral("is not a whole number from %1 to %2").arg(least).arg(most));
        return std::nullopt;
    }
    return read;
}

std::optional<Instant> QueryReader::instant(QLatin1StringView name)
{
    const auto written = text(name);
    if (!written)
        return std::nullopt;
    const auto read = parseRfc3339(*written);
    if (!read) {
        wrong(QString(name), read.error().detail);
        return std::nullopt;
    }
    return *read;
}

QStringList QueryReader::texts(QLatin1StringView name)
{
    QStringList found;
    for (const auto& item : m_query)
        if (item.name == name)
            found += item.value.split(u',');
    return found;
}

} // namespace punctual::api
