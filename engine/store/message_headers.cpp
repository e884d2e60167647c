// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/message_headers.h"

#include "core/uuid_v7.h"
#include "store/destination_queries.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace punctual::store
{

namespace
{

constexpr QLatin1StringView fieldSealed("sealed");

/// A value that is moved to another header or destination does not open there.
QByteArray contextOf(const QByteArray& name, const QString& destination)
{
    return "header " + name.toLower() + " of " + destination.toUtf8();
}

QByteArray sealedBytes(const QJsonValue& value)
{
    return QByteArray::fromBase64(value[fieldSealed].toString().toLatin1());
}

} // namespace

bool haveSecrets(const std::vector<Header>& headers)
{
    return std::any_of(headers.begin(), headers.end(),
                       [](const Header& header) { return isSecretHeader(header.name); });
}

Result<std::optional<QString>> writeHeaders(const std::vector<Header>& headers, const QString& destination,
                                            const SecretBox& box)
{
    if (headers.empty())
        return std::nullopt;
    QJsonArray pairs;
    for (const auto& header : headers) {
        QJsonValue value = QString::fromLatin1(header.value);
        if (isSecretHeader(header.name)) {
            const auto sealed = box.seal(header.value, contextOf(header.name, destination));
            if (!sealed)
                return failure(sealed.error().code,
                               QStringLiteral("The header %1: %2")
                                   .arg(QString::fromLatin1(header.name), sealed.error().detail));
            value = QJsonObject{{fieldSealed, QString::fromLatin1(sealed->toBase64())}};
        }
        pairs.append(QJsonArray{QString::fromLatin1(header.name), value});
    }
    return QString::fromUtf8(QJsonDocument(pairs).toJson(QJsonDocument::Compact));
}

Result<QString> newHeaders(Connection& connection, const MessageId& id, QString destination,
                           const std::vector<Header>& headers)
{
    if (headers.empty())
        return QStringLiteral("[]");
    if (destination.isEmpty()) {
        auto found = connection.select(
            QStringLiteral("SELECT destination FROM punctual.messages WHERE id = ?"), {toText(id)},
            [&](const QSqlQuery& row) { destination = row.value(0).toString(); });
        if (!found)
            return tl::unexpected(found.error());
    }
    if (haveSecrets(headers))
        if (auto shared = checkKey(connection); !shared)
            return tl::unexpected(shared.error());
    return writeHeaders(headers, destination, connection.secretBox()).map([](auto&& text) { return *text; });
}

std::vector<Header> readHeaders(const QByteArray& json)
{
    std::vector<Header> headers;
    const auto pairs = QJsonDocument::fromJson(json).array();
    for (const auto& pair : pairs)
        headers.push_back({pair[0].toString().toLatin1(), pair[1].toString().toLatin1()});
    return headers;
}

Result<std::vector<Header>> openHeaders(const QByteArray& json, const QString& destination,
                                        const SecretBox& box)
{
    std::vector<Header> headers;
    const auto pairs = QJsonDocument::fromJson(json).array();
    for (const auto& pair : pairs) {
        Header header{pair[0].toString().toLatin1(), pair[1].toString().toLatin1()};
        if (pair[1].isObject()) {
            auto plain = box.open(sealedBytes(pair[1]), contextOf(header.name, destination));
            if (!plain)
                return failure(
                    plain.error().code,
                    QStringLiteral("The header %1: %2").arg(pair[0].toString(), plain.error().detail));
            header.value = std::move(*plain);
        }
        headers.push_back(std::move(header));
    }
    return headers;
}

Result<std::optional<QString>> resealHeaders(const QByteArray& json, const QString& destination,
                                             const SecretBox& box)
{
    const auto pairs = QJsonDocument::fromJson(json).array();
    if (std::all_of(pairs.begin(), pairs.end(), [&](const QJsonValue& pair) {
            return !pair[1].isObject() || box.isCurrent(sealedBytes(pair[1]));
        }))
        return std::nullopt;
    const auto headers = openHeaders(json, destination, box);
    return headers ? writeHeaders(*headers, destination, box) : tl::unexpected(headers.error());
}

} // namespace punctual::store
