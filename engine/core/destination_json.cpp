// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/destination_json.h"

#include "core/field_reader.h"

#include <QUrl>

#include <algorithm>
#include <iterator>

namespace punctual
{

namespace
{

using namespace std::chrono_literals;

constexpr QLatin1StringView fieldName("name");
constexpr QLatin1StringView fieldUrl("url");
constexpr QLatin1StringView fieldMethod("method");
constexpr QLatin1StringView fieldHeaders("headers");
constexpr QLatin1StringView fieldTimeout("timeout_ms");
constexpr QLatin1StringView fieldConcurrency("max_concurrency");
constexpr QLatin1StringView fieldHttp2("http2");
constexpr QLatin1StringView fieldPrivate("allow_private_addresses");
constexpr QLatin1StringView fieldRetry("retry");
constexpr QLatin1StringView fieldOnUnknown("on_unknown");

/// What a destination will be able to ask for. Taking such a field and not acting on it would flood a
/// third party or send unsigned, so it is refused by name.
constexpr std::array notYet{QLatin1StringView("rate_limit"), QLatin1StringView("quota"),
                            QLatin1StringView("circuit_breaker"), QLatin1StringView("signing_secret")};

void readMethod(FieldReader& fields, Destination& destination)
{
    const auto method = fields.text(fieldMethod);
    if (!method)
        return;
    static const QStringList known{QStringLiteral("POST"), QStringLiteral("PUT"), QStringLiteral("PATCH"),
                                   QStringLiteral("GET"), QStringLiteral("DELETE")};
    if (known.contains(*method))
        destination.method = method->toLatin1();
    else
        fields.wrong(fieldMethod, QStringLiteral("is not one of: %1").arg(known.join(QStringLiteral(", "))));
}

/// Lays what `fields` has over `destination`.
void readSettings(FieldReader& fields, Destination& destination, std::vector<FieldError>& errors)
{
    if (const auto url = fields.text(fieldUrl)) {
        destination.url = *url;
        if (const auto problem = problemOfUrl(*url))
            fields.wrong(fieldUrl, *problem);
    }
    readMethod(fields, destination);
    FieldReader::assign(destination.headers, fields.headers(fieldHeaders));
    FieldReader::assign(destination.timeout, fields.milliseconds(fieldTimeout, 100ms, 5min));
    if (const auto most = fields.integer(fieldConcurrency, 1, 1000))
        destination.maxConcurrency = static_cast<int>(*most);
    FieldReader::assign(destination.http2, fields.boolean(fieldHttp2));
    FieldReader::assign(destination.allowPrivateAddresses, fields.boolean(fieldPrivate));
    if (const auto retry = fields.object(fieldRetry))
        destination.retry =
            readRetryPolicy(*retry, fields.pointerTo(QString(fieldRetry)), errors, destination.retry);
    FieldReader::assign(destination.onUnknown,
                        fields.word(fieldOnUnknown, &parseOnUnknown, QLatin1StringView("retry, hold")));
    for (const auto& name : notYet)
        if (fields.ask(name))
            fields.wrong(name, QStringLiteral("is not available in this version"));
}

/// Puts the fields that `change` sets to null back to their defaults.
void resetNulls(const QJsonObject& change, Destination& destination)
{
    const Destination defaults;
    const auto reset = [&](QLatin1StringView name, auto& target, const auto& value) {
        if (change.value(name).isNull())
            target = value;
    };
    reset(fieldMethod, destination.method, defaults.method);
    reset(fieldHeaders, destination.headers, defaults.headers);
    reset(fieldTimeout, destination.timeout, defaults.timeout);
    reset(fieldConcurrency, destination.maxConcurrency, defaults.maxConcurrency);
    reset(fieldHttp2, destination.http2, defaults.http2);
    reset(fieldPrivate, destination.allowPrivateAddresses, defaults.allowPrivateAddresses);
    reset(fieldRetry, destination.retry, defaults.retry);
    reset(fieldOnUnknown, destination.onUnknown, defaults.onUnknown);
}

/// The headers that `change` does not name.
std::vector<Header> keptHeaders(const std::vector<Header>& current, const QJsonObject& change)
{
    const QStringList named = change.keys();
    std::vector<Header> kept;
    std::copy_if(current.begin(), current.end(), std::back_inserter(kept), [&](const Header& header) {
        return !named.contains(QString::fromLatin1(header.name), Qt::CaseInsensitive);
    });
    return kept;
}

/// `change` with its nulls inside of objects resolved: such a header goes, such a part of the retry
/// policy is the default again.
QJsonObject withInnerNullsResolved(QJsonObject change)
{
    QJsonObject headers = change.value(fieldHeaders).toObject();
    for (auto header = headers.begin(); header != headers.end();)
        header = header->isNull() ? headers.erase(header) : std::next(header);
    if (change.value(fieldHeaders).isObject())
        change.insert(fieldHeaders, headers);

    QJsonObject retry = change.value(fieldRetry).toObject();
    const QJsonObject defaults = toJson(RetryPolicy{});
    for (auto field = retry.begin(); field != retry.end(); ++field)
        if (field->isNull() && defaults.contains(field.key()))
            *field = defaults.value(field.key());
    if (change.value(fieldRetry).isObject())
        change.insert(fieldRetry, retry);
    return change;
}

/// `paused` and what the database sets are shown in a destination, and so may come back with one.
void ignoreShownFields(FieldReader& fields)
{
    for (const auto name :
         {QLatin1StringView("paused"), QLatin1StringView("built_in"), QLatin1StringView("version"),
          QLatin1StringView("created_at"), QLatin1StringView("updated_at")})
        (void)fields.ask(name);
}

Result<Destination> checked(Destination destination, std::vector<FieldError> errors)
{
    if (!errors.empty())
        return failure(ErrorCode::InvalidInput, QStringLiteral("The destination is not valid."),
                       std::move(errors));
    return destination;
}

void readName(FieldReader& fields, const QString& name)
{
    const auto written = fields.text(fieldName);
    if (written && *written != name)
        fields.wrong(fieldName, QStringLiteral("differs from the name in the URL"));
    else if (const auto problem = problemOfName(name))
        fields.wrong(fieldName, *problem);
}

} // namespace

Result<Destination> readDestination(const QString& name, const QJsonObject& object)
{
    std::vector<FieldError> errors;
    FieldReader fields(object, QString(), errors);
    Destination destination;
    destination.name = name;
    readName(fields, name);
    if (!fields.has(fieldUrl))
        fields.wrong(fieldUrl, QStringLiteral("is missing"));
    readSettings(fields, destination, errors);
    ignoreShownFields(fields);
    fields.refuseUnknownFields();
    return checked(std::move(destination), std::move(errors));
}

Result<Destination> patchDestination(const Destination& current, const QJsonObject& change)
{
    const QJsonObject given = withInnerNullsResolved(change);
    std::vector<FieldError> errors;
    FieldReader fields(given, QString(), errors);
    Destination destination = current;
    readName(fields, current.name);
    if (change.value(fieldUrl).isNull())
        fields.wrong(fieldUrl, QStringLiteral("cannot be removed"));
    resetNulls(change, destination);
    readSettings(fields, destination, errors);
    if (fields.has(fieldHeaders)) {
        const auto kept = keptHeaders(current.headers, change.value(fieldHeaders).toObject());
        destination.headers.insert(destination.headers.begin(), kept.begin(), kept.end());
    }
    ignoreShownFields(fields);
    fields.refuseUnknownFields();
    return checked(std::move(destination), std::move(errors));
}

QJsonObject toJson(const Destination& destination)
{
    QJsonValue paused;
    if (destination.pause)
        paused = QJsonObject{
            {QStringLiteral("until"),
             destination.pause->until ? QJsonValue(toRfc3339(*destination.pause->until)) : QJsonValue()},
            {QStringLiteral("reason"), destination.pause->reason},
            {QStringLiteral("by"), destination.pause->by},
        };
    return {
        {fieldName, destination.name},
        {fieldUrl, destination.url},
        {fieldMethod, QString::fromLatin1(destination.method)},
        {fieldHeaders, toJson(destination.headers)},
        {fieldTimeout, toMilliseconds(destination.timeout)},
        {fieldConcurrency, destination.maxConcurrency},
        {fieldHttp2, destination.http2},
        {fieldPrivate, destination.allowPrivateAddresses},
        {fieldRetry, toJson(destination.retry)},
        {fieldOnUnknown, QString(toText(destination.onUnknown))},
        {QStringLiteral("paused"), paused},
        {QStringLiteral("built_in"), destination.builtIn},
        {QStringLiteral("version"), destination.version},
        {QStringLiteral("created_at"), toRfc3339(destination.createdAt)},
        {QStringLiteral("updated_at"), toRfc3339(destination.updatedAt)},
    };
}

std::optional<QString> problemOfUrl(const QString& url)
{
    const QUrl parsed(url, QUrl::StrictMode);
    if (!parsed.isValid() || parsed.host().isEmpty() || url.size() > 2000)
        return QStringLiteral("is not a URL with a host, as in https://api.example.com/hook");
    if (parsed.scheme() != u"http" && parsed.scheme() != u"https")
        return QStringLiteral("has another scheme than http and https");
    if (!parsed.userInfo().isEmpty())
        return QStringLiteral("contains credentials; give them in a header");
    if (parsed.hasFragment())
        return QStringLiteral("has a fragment, which is never sent");
    return std::nullopt;
}

} // namespace punctual
