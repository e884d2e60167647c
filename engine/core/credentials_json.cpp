// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/credentials_json.h"

#include <algorithm>
#include <array>

namespace punctual
{

namespace
{

using Type = Authentication::Type;

constexpr QLatin1StringView fieldHeaders("headers");
constexpr QLatin1StringView fieldSecret("signing_secret");
constexpr QLatin1StringView fieldPrevious("previous_signing_secret");
constexpr QLatin1StringView fieldAuthentication("authentication");
constexpr QLatin1StringView fieldType("type");
constexpr QLatin1StringView fieldTls("tls");
constexpr QLatin1StringView fieldCa("ca_certificate");
constexpr QLatin1StringView fieldCertificate("client_certificate");
constexpr QLatin1StringView fieldKey("client_key");
constexpr QLatin1StringView fieldVerify("verify");

/// How each type is written, and the names of its parts.
struct Form
{
    Type type;
    QLatin1StringView word;
    QLatin1StringView name; // empty: it has none
    QLatin1StringView value;
};

constexpr std::array forms{
    Form{Type::Bearer, QLatin1StringView("bearer"), {}, QLatin1StringView("token")},
    Form{Type::Basic, QLatin1StringView("basic"), QLatin1StringView("username"),
         QLatin1StringView("password")},
    Form{Type::Header, QLatin1StringView("header"), QLatin1StringView("name"), QLatin1StringView("value")},
};

const Form& formOf(Type type)
{
    return *std::find_if(forms.begin(), forms.end(), [&](const Form& form) { return form.type == type; });
}

std::optional<Type> parseType(QStringView text)
{
    for (const auto& form : forms)
        if (form.word == text)
            return form.type;
    return std::nullopt;
}

using Problem = std::optional<QString>;

Problem problemOfSecret(const QString& text)
{
    if (signingKey(text.toUtf8()))
        return std::nullopt;
    return QStringLiteral("is not whsec_ and the base64 of 24 to 64 bytes");
}

Problem problemOfPassword(const QString& text)
{
    const bool control = std::any_of(text.begin(), text.end(),
                                     [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7F; });
    return control ? Problem(QStringLiteral("has control characters")) : std::nullopt;
}

Problem problemOfToken(const QString& text)
{
    const bool visible = std::all_of(text.begin(), text.end(),
                                     [](QChar c) { return c.unicode() > 0x20 && c.unicode() < 0x7F; });
    return visible ? std::nullopt : Problem(QStringLiteral("has other characters than visible ASCII"));
}

Problem problemOfUser(const QString& text)
{
    return text.contains(u':') ? Problem(QStringLiteral("contains a colon")) : problemOfPassword(text);
}

Problem problemOfHeaderName(const QString& text)
{
    return problemOfHeader(text.toUtf8(), QString());
}

Problem problemOfKey(const QString& text)
{
    return problemOfPrivateKey(text.toUtf8());
}

Problem problemOfCertificateText(const QString& text)
{
    return problemOfCertificates(text.toUtf8());
}

/// A text in UTF-8, which may not be empty; nothing when it is absent or wrong.
std::optional<QByteArray> readText(FieldReader& fields, QLatin1StringView name,
                                   Problem (*problemOf)(const QString&))
{
    const auto text = fields.text(name);
    if (!text)
        return std::nullopt;
    Problem problem;
    if (*text == hiddenValue)
        problem = QStringLiteral("is the placeholder of a hidden value; give the value itself");
    else if (text->isEmpty())
        problem = QStringLiteral("is empty");
    else
        problem = problemOf(*text);
    if (!problem)
        return text->toUtf8();
    fields.wrong(name, *problem);
    return std::nullopt;
}

std::optional<QByteArray> readNeeded(FieldReader& fields, QLatin1StringView name,
                                     Problem (*problemOf)(const QString&))
{
    if (!fields.has(name))
        fields.wrong(name, QStringLiteral("is missing"));
    return readText(fields, name, problemOf);
}

void readAuthentication(FieldReader& fields, Destination& destination)
{
    if (!fields.has(fieldType))
        fields.wrong(fieldType, QStringLiteral("is missing"));
    const auto type = fields.word(fieldType, &parseType, QLatin1StringView("bearer, basic, header"));
    if (!type)
        return;
    const Form& form = formOf(*type);
    Authentication authentication{*type, {}, {}};
    if (*type == Type::Header) {
        FieldReader::assign(authentication.name, readNeeded(fields, form.name, &problemOfHeaderName));
        FieldReader::assign(authentication.value, readNeeded(fields, form.value, &problemOfHeaderValue));
        authentication.value = QString::fromUtf8(authentication.value).toLatin1();
    } else if (*type == Type::Basic) {
        FieldReader::assign(authentication.name, readNeeded(fields, form.name, &problemOfUser));
        FieldReader::assign(authentication.value, readNeeded(fields, form.value, &problemOfPassword));
    } else {
        FieldReader::assign(authentication.value, readNeeded(fields, form.value, &problemOfToken));
    }
    fields.refuseUnknownFields();
    destination.credentials.authentication = authentication;
}

void readTls(FieldReader& fields, Destination& destination)
{
    destination.tls = {};
    FieldReader::assign(destination.tls.caCertificate, readText(fields, fieldCa, &problemOfCertificateText));
    FieldReader::assign(destination.tls.clientCertificate,
                        readText(fields, fieldCertificate, &problemOfCertificateText));
    destination.credentials.clientKey = readText(fields, fieldKey, &problemOfKey).value_or(QByteArray());
    FieldReader::assign(destination.tls.verify, fields.boolean(fieldVerify));
    if (fields.has(fieldCertificate) != fields.has(fieldKey))
        fields.wrong(fields.has(fieldKey) ? fieldCertificate : fieldKey,
                     QStringLiteral("is missing: a client certificate and its key belong together"));
    fields.refuseUnknownFields();
}

QJsonValue textOrNull(const QByteArray& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(QString::fromUtf8(text));
}

QByteArray marked(const QByteArray& secret)
{
    return secret.isEmpty() ? secret : QByteArray(hiddenValue.data(), hiddenValue.size());
}

QJsonObject written(const Authentication& authentication, const QByteArray& value)
{
    const Form& form = formOf(authentication.type);
    const bool inLatin1 = authentication.type == Type::Header;
    QJsonObject object{{fieldType, QString(form.word)},
                       {form.value, inLatin1 ? QString::fromLatin1(value) : QString::fromUtf8(value)}};
    if (!form.name.isEmpty())
        object.insert(form.name, QString::fromUtf8(authentication.name));
    return object;
}

QJsonObject written(const Tls& tls, const QByteArray& key)
{
    return {{fieldCa, textOrNull(tls.caCertificate)},
            {fieldCertificate, textOrNull(tls.clientCertificate)},
            {fieldKey, textOrNull(key)},
            {fieldVerify, tls.verify}};
}

QJsonObject laidOver(QJsonObject object, const QJsonObject& change)
{
    for (auto field = change.begin(); field != change.end(); ++field)
        object.insert(field.key(), field.value());
    return object;
}

/// Puts `secret` where its mark is.
void fill(QJsonObject& object, QLatin1StringView name, const QString& secret)
{
    if (object.value(name).toString() == hiddenValue && !secret.isEmpty())
        object.insert(name, secret);
}

QJsonObject withHiddenHeaders(QJsonObject given, const std::vector<Header>& stored)
{
    for (auto field = given.begin(); field != given.end(); ++field)
        for (const auto& header : stored)
            if (field->toString() == hiddenValue && isSecretHeader(header.name) &&
                field.key().compare(QLatin1StringView(header.name), Qt::CaseInsensitive) == 0)
                *field = QString::fromLatin1(header.value);
    return given;
}

} // namespace

void readCredentials(FieldReader& fields, Destination& destination, std::vector<FieldError>& errors)
{
    Credentials& credentials = destination.credentials;
    FieldReader::assign(credentials.signingSecret, readText(fields, fieldSecret, &problemOfSecret));
    FieldReader::assign(credentials.previousSigningSecret, readText(fields, fieldPrevious, &problemOfSecret));
    if (const auto object = fields.object(fieldAuthentication)) {
        FieldReader parts(*object, fields.pointerTo(QString(fieldAuthentication)), errors);
        readAuthentication(parts, destination);
    }
    if (const auto object = fields.object(fieldTls)) {
        FieldReader parts(*object, fields.pointerTo(QString(fieldTls)), errors);
        readTls(parts, destination);
    }
}

void checkCredentials(FieldReader& fields, const Destination& destination)
{
    const Credentials& credentials = destination.credentials;
    if (!credentials.previousSigningSecret.isEmpty() && credentials.signingSecret.isEmpty() &&
        !fields.has(fieldSecret))
        fields.wrong(fieldPrevious, QStringLiteral("is nothing without a signing_secret"));
    if (destination.tls != Tls{} && !destination.url.startsWith(u"https:", Qt::CaseInsensitive))
        fields.wrong(fieldTls, QStringLiteral("is only for an https URL"));
    if (!credentials.authentication)
        return;
    const QByteArray name = headerOf(*credentials.authentication).name;
    for (const auto& header : destination.headers)
        if (!name.isEmpty() && header.name.compare(name, Qt::CaseInsensitive) == 0)
            fields.wrong(fieldAuthentication,
                         QStringLiteral("sets the header %1, which is among the headers too")
                             .arg(QString::fromLatin1(name)));
}

void resetCredentials(const QJsonObject& change, Destination& destination)
{
    const auto isNull = [&](QLatin1StringView name) { return change.value(name).isNull(); };
    if (isNull(fieldSecret))
        destination.credentials.signingSecret.clear();
    if (isNull(fieldPrevious))
        destination.credentials.previousSigningSecret.clear();
    if (isNull(fieldAuthentication))
        destination.credentials.authentication.reset();
    if (isNull(fieldTls)) {
        destination.tls = {};
        destination.credentials.clientKey.clear();
    }
}

QJsonObject withStoredParts(QJsonObject change, const Destination& stored)
{
    if (const auto& authentication = stored.credentials.authentication;
        authentication && change.value(fieldAuthentication).isObject()) {
        const QJsonObject given = change.value(fieldAuthentication).toObject();
        const QJsonObject kept = written(*authentication, authentication->value);
        if (!given.contains(fieldType) || given.value(fieldType) == kept.value(fieldType))
            change.insert(fieldAuthentication, laidOver(kept, given));
    }
    if (change.value(fieldTls).isObject())
        change.insert(fieldTls, laidOver(written(stored.tls, stored.credentials.clientKey),
                                         change.value(fieldTls).toObject()));
    return change;
}

QJsonObject withHiddenValues(QJsonObject given, const Destination& stored)
{
    const Credentials& credentials = stored.credentials;
    fill(given, fieldSecret, QString::fromUtf8(credentials.signingSecret));
    fill(given, fieldPrevious, QString::fromUtf8(credentials.previousSigningSecret));
    if (given.value(fieldHeaders).isObject())
        given.insert(fieldHeaders, withHiddenHeaders(given.value(fieldHeaders).toObject(), stored.headers));
    if (given.value(fieldTls).isObject()) {
        QJsonObject tls = given.value(fieldTls).toObject();
        fill(tls, fieldKey, QString::fromUtf8(credentials.clientKey));
        given.insert(fieldTls, tls);
    }
    if (const auto& authentication = credentials.authentication) {
        QJsonObject parts = given.value(fieldAuthentication).toObject();
        const QLatin1StringView name = formOf(authentication->type).value;
        const QJsonObject kept = written(*authentication, authentication->value);
        if (parts.value(fieldType) == kept.value(fieldType)) {
            fill(parts, name, kept.value(name).toString());
            given.insert(fieldAuthentication, parts);
        }
    }
    return given;
}

void showCredentials(const Destination& destination, QJsonObject& object)
{
    const Credentials& credentials = destination.credentials;
    object.insert(fieldSecret, textOrNull(marked(credentials.signingSecret)));
    object.insert(fieldPrevious, textOrNull(marked(credentials.previousSigningSecret)));
    const auto& authentication = credentials.authentication;
    object.insert(fieldAuthentication,
                  authentication ? written(*authentication, marked(authentication->value)) : QJsonValue());
    object.insert(fieldTls, written(destination.tls, marked(credentials.clientKey)));
}

QStringList warningsOf(const Destination& destination)
{
    QStringList warnings;
    if (!destination.tls.verify)
        warnings.append(QStringLiteral("TLS certificates are not verified"));
    if (!destination.credentials.unreadable.isEmpty())
        warnings.append(QStringLiteral("The credentials cannot be opened, and so nothing is sent: %1")
                            .arg(destination.credentials.unreadable));
    return warnings;
}

} // namespace punctual
