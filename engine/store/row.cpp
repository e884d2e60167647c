// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/row.h"

#include "core/destination_json.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace punctual::store
{

std::vector<Header> readHeaders(const QByteArray& json)
{
    std::vector<Header> headers;
    const auto pairs = QJsonDocument::fromJson(json).array();
    for (const auto& pair : pairs)
        headers.push_back({pair[0].toString().toLatin1(), pair[1].toString().toLatin1()});
    return headers;
}

QString writeHeaders(const std::vector<Header>& headers)
{
    QJsonArray pairs;
    for (const auto& header : headers)
        pairs.append(QJsonArray{QString::fromLatin1(header.name), QString::fromLatin1(header.value)});
    return QString::fromUtf8(QJsonDocument(pairs).toJson(QJsonDocument::Compact));
}

const QLatin1StringView destinationColumns(
    "name, url, method, headers::text, timeout_ms, max_concurrency, http2, allow_private_addresses, "
    "retry::text, "
    "on_unknown, paused_until IS NOT NULL, punctual.micros(paused_until), pause_reason, paused_by, built_in, "
    "version, punctual.micros(created_at), punctual.micros(updated_at)");

Destination readDestination(const QSqlQuery& row)
{
    Destination destination;
    destination.name = row.value(0).toString();
    destination.url = row.value(1).toString();
    destination.method = row.value(2).toByteArray();
    destination.headers = readHeaders(row.value(3).toByteArray());
    destination.timeout = std::chrono::milliseconds(row.value(4).toInt());
    destination.maxConcurrency = row.value(5).toInt();
    destination.http2 = row.value(6).toBool();
    destination.allowPrivateAddresses = row.value(7).toBool();
    std::vector<FieldError> ignored; // it was checked on its way in
    destination.retry =
        readRetryPolicy(QJsonDocument::fromJson(row.value(8).toByteArray()).object(), QString(), ignored);
    destination.onUnknown = parseOnUnknown(row.value(9).toString()).value_or(OnUnknown::Retry);
    if (row.value(10).toBool())
        destination.pause =
            Pause{optionalInstantAt(row, 11), row.value(12).toString(), row.value(13).toString()};
    destination.builtIn = row.value(14).toBool();
    destination.version = row.value(15).toLongLong();
    destination.createdAt = instantAt(row, 16);
    destination.updatedAt = instantAt(row, 17);
    return destination;
}

} // namespace punctual::store
