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

/// Latin-1 as a JSON string in UTF-8.
void appendText(QByteArray& json, const QByteArray& latin1)
{
    json += '"';
    for (const char c : latin1) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (code < 0x20) {
            json += "\\u00" + QByteArray::number(code, 16).rightJustified(2, '0');
        } else if (code < 0x80) {
            json += c;
        } else {
            json += static_cast<char>(0xC0 | (code >> 6));
            json += static_cast<char>(0x80 | (code & 0x3F));
        }
    }
    json += '"';
}

/// What PostgreSQL writes of pairs of plain texts, which nearly all are: every other piece between quotes is
/// a text. Nothing if it takes a reader of JSON.
std::optional<std::vector<Header>> plainPairs(const QByteArray& json)
{
    if (std::any_of(json.begin(), json.end(),
                    [](char c) { return c == '\\' || c == '{' || static_cast<unsigned char>(c) >= 0x80; }))
        return std::nullopt;
    std::vector<Header> headers;
    for (qsizetype quote = json.indexOf('"'); quote >= 0; quote = json.indexOf('"', quote + 1)) {
        const auto nameEnd = json.indexOf('"', quote + 1);
        const auto value = json.indexOf('"', nameEnd + 1);
        const auto valueEnd = json.indexOf('"', value + 1);
        if (nameEnd < 0 || value < 0 || valueEnd < 0)
            return std::nullopt;
        headers.push_back(
            {json.mid(quote + 1, nameEnd - quote - 1), json.mid(value + 1, valueEnd - value - 1)});
        quote = valueEnd;
    }
    return headers;
}

} // namespace

bool haveSecrets(const std::vector<Header>& headers)
{
    return std::any_of(headers.begin(), headers.end(),
                       [](const Header& header) { return isSecretHeader(header.name); });
}

Result<std::optional<QByteArray>> writeHeaders(const std::vector<Header>& headers, const QString& destination,
                                               const SecretBox& box)
{
    if (headers.empty())
        return std::nullopt;
    // By hand: every message that is scheduled comes this way.
    QByteArray json("[");
    for (const auto& header : headers) {
        json += json.size() > 1 ? ",[" : "[";
        appendText(json, header.name);
        json += ',';
        if (isSecretHeader(header.name)) {
            const auto sealed = box.seal(header.value, contextOf(header.name, destination));
            if (!sealed)
                return failure(sealed.error().code,
                               QStringLiteral("The header %1: %2")
                                   .arg(QString::fromLatin1(header.name), sealed.error().detail));
            json += QByteArray("{\"sealed\":\"") + sealed->toBase64() + "\"}";
        } else {
            appendText(json, header.value);
        }
        json += ']';
    }
    return json + ']';
}

Result<QByteArray> newHeaders(Connection& connection, const MessageId& id, QString destination,
                              const std::vector<Header>& headers)
{
    if (headers.empty())
        return QByteArray("[]");
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
    if (auto plain = plainPairs(json))
        return std::move(*plain);
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

Result<std::optional<QByteArray>> resealHeaders(const QByteArray& json, const QString& destination,
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
