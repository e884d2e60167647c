// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials.h"

#include "core/destination.h"
#include "core/secret_key.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <utility>

namespace punctual
{

namespace
{

constexpr QLatin1StringView fieldSecret("signing_secret");
constexpr QLatin1StringView fieldPrevious("previous_signing_secret");
constexpr QLatin1StringView fieldAuthentication("authentication");
constexpr QLatin1StringView fieldClientKey("client_key");
constexpr QLatin1StringView fieldHeaders("headers");

constexpr qsizetype shortestHidden = 4;

/// Every byte is a character of Latin-1, so that any bytes come back as they were.
QJsonValue text(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes);
}

QByteArray bytesOf(const QJsonValue& value)
{
    return value.toString().toLatin1();
}

std::optional<Authentication> authenticationOf(const QJsonArray& parts)
{
    if (parts.size() != 3)
        return std::nullopt;
    return Authentication{static_cast<Authentication::Type>(parts.at(0).toInt()), bytesOf(parts.at(1)),
                          bytesOf(parts.at(2))};
}

bool isMark(const Header& header)
{
    return QLatin1StringView(header.value) == hiddenValue;
}

/// As it may stand in a string of JSON: programs differ in whether they escape slashes and what is not ASCII.
QByteArray inJson(const QByteArray& secret, bool slashes, bool onlyAscii)
{
    QByteArray escaped;
    const QString text = QString::fromUtf8(secret);
    for (const QChar character : text) {
        if (character == u'"' || character == u'\\' || (slashes && character == u'/'))
            escaped.append('\\');
        if (onlyAscii && character.unicode() >= 0x80)
            escaped.append("\\u" + QByteArray::number(character.unicode(), 16).rightJustified(4, '0'));
        else
            escaped.append(QString(character).toUtf8());
    }
    return escaped;
}

/// The values of the secret ones, with their scheme ("Bearer abc") and without it.
void addHeaders(std::vector<QByteArray>& texts, const std::vector<Header>& headers)
{
    for (const auto& header : headers) {
        if (!isSecretHeader(header.name))
            continue;
        texts.push_back(header.value);
        if (const auto space = header.value.indexOf(' '); space >= 0)
            texts.push_back(header.value.mid(space + 1).trimmed());
    }
}

/// Without the short ones, the longest first.
std::vector<QByteArray> withTheirForms(std::vector<QByteArray> texts)
{
    std::erase_if(texts, [](const QByteArray& secret) { return secret.size() < shortestHidden; });
    for (std::size_t i = 0, plain = texts.size(); i < plain; ++i)
        for (const bool slashes : {false, true})
            for (const bool onlyAscii : {false, true})
                if (auto form = inJson(texts[i], slashes, onlyAscii); form != texts[i])
                    texts.push_back(std::move(form));
    std::sort(texts.begin(), texts.end(), [](const QByteArray& a, const QByteArray& b) {
        return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    return texts;
}

} // namespace

bool Credentials::isEmpty() const
{
    return *this == Credentials{};
}

QByteArray toBytes(const Credentials& credentials)
{
    if (credentials.isEmpty())
        return {};
    QJsonArray headers;
    for (const auto& header : credentials.headers)
        headers.append(QJsonArray{text(header.name), text(header.value)});
    QJsonArray authentication;
    if (const auto& given = credentials.authentication)
        authentication = {static_cast<int>(given->type), text(given->name), text(given->value)};
    return QJsonDocument(QJsonObject{{fieldSecret, text(credentials.signingSecret)},
                                     {fieldPrevious, text(credentials.previousSigningSecret)},
                                     {fieldAuthentication, authentication},
                                     {fieldClientKey, text(credentials.clientKey)},
                                     {fieldHeaders, headers}})
        .toJson(QJsonDocument::Compact);
}

Result<Credentials> credentialsFromBytes(const QByteArray& bytes)
{
    if (bytes.isEmpty())
        return Credentials{};
    const auto document = QJsonDocument::fromJson(bytes);
    if (!document.isObject())
        return failure(ErrorCode::Internal, QStringLiteral("The credentials of a destination are damaged."));
    const QJsonObject object = document.object();
    Credentials credentials;
    credentials.signingSecret = bytesOf(object.value(fieldSecret));
    credentials.previousSigningSecret = bytesOf(object.value(fieldPrevious));
    credentials.authentication = authenticationOf(object.value(fieldAuthentication).toArray());
    credentials.clientKey = bytesOf(object.value(fieldClientKey));
    const QJsonArray headers = object.value(fieldHeaders).toArray();
    for (const auto& header : headers)
        credentials.headers.push_back({bytesOf(header.toArray().at(0)), bytesOf(header.toArray().at(1))});
    return credentials;
}

Credentials takeCredentials(Destination& destination)
{
    Credentials taken = std::exchange(destination.credentials, {});
    for (auto& header : destination.headers)
        if (isSecretHeader(header.name) && !isMark(header)) {
            taken.headers.push_back(header);
            header.value = QByteArray(hiddenValue.data(), hiddenValue.size());
        }
    return taken;
}

void giveCredentials(Destination& destination, Credentials credentials)
{
    for (auto& header : destination.headers) {
        const auto found = std::find_if(credentials.headers.begin(), credentials.headers.end(),
                                        [&](const Header& secret) { return secret.name == header.name; });
        if (isMark(header) && found != credentials.headers.end())
            header.value = found->value;
    }
    credentials.headers.clear();
    if (credentials.unreadable.isEmpty() &&
        std::any_of(destination.headers.begin(), destination.headers.end(), isMark))
        credentials.unreadable = QStringLiteral("the value of a secret header is missing");
    destination.credentials = std::move(credentials);
}

std::optional<QByteArray> signingKey(const QByteArray& secret)
{
    static constexpr QByteArrayView prefix("whsec_");
    if (!secret.startsWith(prefix))
        return std::nullopt;
    const auto key =
        QByteArray::fromBase64Encoding(secret.sliced(prefix.size()), QByteArray::AbortOnBase64DecodingErrors);
    if (!key || key.decoded.size() < 24 || key.decoded.size() > 64)
        return std::nullopt;
    return key.decoded;
}

Header headerOf(const Authentication& authentication)
{
    switch (authentication.type) {
    case Authentication::Type::Bearer:
        return {"Authorization", "Bearer " + authentication.value};
    case Authentication::Type::Basic:
        return {"Authorization", "Basic " + (authentication.name + ':' + authentication.value).toBase64()};
    case Authentication::Type::Header:
        return {authentication.name, authentication.value};
    }
    Q_UNREACHABLE();
}

std::vector<QByteArray> secretTexts(const std::vector<Header>& headers)
{
    std::vector<QByteArray> texts;
    addHeaders(texts, headers);
    return withTheirForms(std::move(texts));
}

std::vector<QByteArray> secretTexts(const Destination& destination)
{
    std::vector<QByteArray> texts;
    const Credentials& credentials = destination.credentials;
    for (const auto& secret : {credentials.signingSecret, credentials.previousSigningSecret}) {
        texts.push_back(secret);
        texts.push_back(secret.mid(6)); // without "whsec_"
    }
    if (const auto& authentication = credentials.authentication) {
        texts.push_back(authentication->value);
        if (authentication->type == Authentication::Type::Basic)
            texts.push_back(headerOf(*authentication).value.mid(6)); // without "Basic "
    }
    addHeaders(texts, destination.headers);
    return withTheirForms(std::move(texts));
}

void hideSecrets(QByteArray& text, const std::vector<QByteArray>& secrets)
{
    for (const auto& secret : secrets)
        if (secret.size() >= shortestHidden)
            text.replace(secret, QByteArray(hiddenValue.data(), hiddenValue.size()));
}

} // namespace punctual
