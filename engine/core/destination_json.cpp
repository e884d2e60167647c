// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/destination_json.h"

#include "core/credentials_json.h"
#include "core/field_reader.h"
#include "core/retry_policy_json.h"

#include <QJsonArray>
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
constexpr QLatin1StringView fieldBatch("batch");

constexpr QLatin1StringView fieldRateLimit("rate_limit");
constexpr QLatin1StringView fieldQuota("quota");
constexpr QLatin1StringView fieldBreaker("circuit_breaker");
constexpr QLatin1StringView fieldOrder("order");

/// Settings that are objects themselves: of these a change may name a part.
constexpr std::array groups{fieldRetry, fieldBatch, fieldRateLimit, fieldQuota, fieldBreaker, fieldOrder};

/// Parts of groups that only go with a value of another part.
constexpr std::array dependentParts{
    std::pair{QLatin1StringView("on_failure"), QLatin1StringView("skip_after")},
    std::pair{QLatin1StringView("algorithm"), QLatin1StringView("burst")},
    std::pair{QLatin1StringView("limit"), QLatin1StringView("burst")},
    std::pair{QLatin1StringView("backoff"), QLatin1StringView("delays_ms")},
    std::pair{QLatin1StringView("delays_ms"), QLatin1StringView("backoff")},
};

/// What the database sets, or what follows from the rest: it is shown, and so may come back.
constexpr std::array shownFields{QLatin1StringView("warnings"),  QLatin1StringView("paused"),
                                 QLatin1StringView("lane"),      QLatin1StringView("built_in"),
                                 QLatin1StringView("version"),   QLatin1StringView("created_at"),
                                 QLatin1StringView("updated_at")};

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
        destination.retry = readRetryPolicy(*retry, fields.pointerTo(QString(fieldRetry)), errors);
    FieldReader::assign(destination.onUnknown,
                        fields.word(fieldOnUnknown, &parseOnUnknown, QLatin1StringView("retry, hold")));
    readCredentials(fields, destination, errors);
    if (const auto batch = fields.object(fieldBatch))
        destination.batching = readBatching(*batch, fields.pointerTo(QString(fieldBatch)), errors);
    if (const auto limit = fields.object(fieldRateLimit))
        destination.rateLimit = readRateLimit(*limit, fields.pointerTo(QString(fieldRateLimit)), errors);
    if (const auto quota = fields.object(fieldQuota))
        destination.quota = readQuota(*quota, fields.pointerTo(QString(fieldQuota)), errors);
    if (const auto breaker = fields.object(fieldBreaker))
        destination.circuitBreaker =
            readCircuitBreaker(*breaker, fields.pointerTo(QString(fieldBreaker)), errors);
    if (const auto order = fields.object(fieldOrder))
        destination.order = readKeyOrder(*order, fields.pointerTo(QString(fieldOrder)), errors);
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
    reset(fieldBatch, destination.batching, defaults.batching);
    reset(fieldRateLimit, destination.rateLimit, defaults.rateLimit);
    reset(fieldQuota, destination.quota, defaults.quota);
    reset(fieldBreaker, destination.circuitBreaker, defaults.circuitBreaker);
    reset(fieldOrder, destination.order, defaults.order);
    resetCredentials(change, destination);
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

/// `change` as if it had given whole groups: what it leaves out is as in `current`, and null is the default.
/// A header that is null goes.
QJsonObject withWholeGroups(QJsonObject change, const QJsonObject& current)
{
    QJsonObject headers = change.value(fieldHeaders).toObject();
    for (auto header = headers.begin(); header != headers.end();)
        header = header->isNull() ? headers.erase(header) : std::next(header);
    if (change.value(fieldHeaders).isObject())
        change.insert(fieldHeaders, headers);
    for (const auto group : groups) {
        if (!change.value(group).isObject())
            continue;
        QJsonObject whole = current.value(group).toObject();
        const QJsonObject parts = change.value(group).toObject();
        for (const auto& [part, dependent] : dependentParts)
            if (parts.contains(part))
                whole.remove(dependent); // it was said of the other value
        for (auto part = parts.begin(); part != parts.end(); ++part) {
            if (part->isNull() && whole.contains(part.key()))
                whole.remove(part.key());
            else
                whole.insert(part.key(), part.value());
        }
        change.insert(group, whole);
    }
    return change;
}

QJsonValue instantOrNull(const std::optional<Instant>& instant)
{
    return instant ? QJsonValue(toRfc3339(*instant)) : QJsonValue();
}

QJsonObject toJson(const LaneStatus& lane)
{
    const auto number = [](const std::optional<qint64>& value) {
        return value ? QJsonValue(*value) : QJsonValue();
    };
    const auto text = [](const QString& value) { return value.isEmpty() ? QJsonValue() : QJsonValue(value); };
    return {
        {QStringLiteral("quota_used"), number(lane.quotaUsed)},
        {QStringLiteral("quota_resets_at"), instantOrNull(lane.quotaResetsAt)},
        {QStringLiteral("breaker_state"),
         lane.breaker ? QJsonValue(QString(toText(*lane.breaker))) : QJsonValue()},
        {QStringLiteral("breaker_until"), instantOrNull(lane.breakerUntil)},
        {QStringLiteral("breaker_cause"), text(lane.breakerCause)},
        {QStringLiteral("held_until"), instantOrNull(lane.heldUntil)},
        {QStringLiteral("held_because"), text(lane.heldBecause)},
        {QStringLiteral("provider_limit"), number(lane.provider.limit)},
        {QStringLiteral("provider_remaining"), number(lane.provider.remaining)},
        {QStringLiteral("provider_resets_at"), instantOrNull(lane.provider.resetAt)},
    };
}

template <class Group>
QJsonValue orNull(const std::optional<Group>& group)
{
    return group ? QJsonValue(toJson(*group)) : QJsonValue();
}

/// What only the whole of a destination shows.
void checkTogether(FieldReader& fields, const Destination& destination)
{
    checkCredentials(fields, destination);
    if (destination.batching && destination.method == "GET")
        fields.wrong(fieldBatch, QStringLiteral("needs a method whose requests have a body"));
}

void ignoreShownFields(FieldReader& fields)
{
    for (const auto name : shownFields)
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

Result<Destination> readDestination(const QString& name, const QJsonObject& object, const Destination* stored)
{
    const QJsonObject given = stored != nullptr ? withHiddenValues(object, *stored) : object;
    std::vector<FieldError> errors;
    FieldReader fields(given, QString(), errors);
    Destination destination;
    destination.name = name;
    readName(fields, name);
    if (!fields.has(fieldUrl))
        fields.wrong(fieldUrl, QStringLiteral("is missing"));
    readSettings(fields, destination, errors);
    checkTogether(fields, destination);
    ignoreShownFields(fields);
    fields.refuseUnknownFields();
    return checked(std::move(destination), std::move(errors));
}

Result<Destination> patchDestination(const Destination& current, const QJsonObject& change)
{
    if (!current.credentials.unreadable.isEmpty())
        return failure(ErrorCode::Unsupported,
                       QStringLiteral("The credentials of %1 cannot be opened and would be lost: %2")
                           .arg(current.name, current.credentials.unreadable));
    const QJsonObject given =
        withHiddenValues(withStoredParts(withWholeGroups(change, toJson(current)), current), current);
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
    checkTogether(fields, destination);
    ignoreShownFields(fields);
    fields.refuseUnknownFields();
    return checked(std::move(destination), std::move(errors));
}

QJsonObject toJson(const Destination& destination)
{
    QJsonValue paused;
    if (destination.pause)
        paused = QJsonObject{
            {QStringLiteral("until"), instantOrNull(destination.pause->until)},
            {QStringLiteral("reason"), destination.pause->reason},
            {QStringLiteral("by"), destination.pause->by},
        };
    QJsonObject object{
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
        {fieldBatch, orNull(destination.batching)},
        {fieldRateLimit, orNull(destination.rateLimit)},
        {fieldQuota, orNull(destination.quota)},
        {fieldBreaker, orNull(destination.circuitBreaker)},
        {fieldOrder, toJson(destination.order)},
        {QStringLiteral("warnings"), QJsonArray::fromStringList(warningsOf(destination))},
        {QStringLiteral("paused"), paused},
        {QStringLiteral("lane"), toJson(destination.lane)},
        {QStringLiteral("built_in"), destination.builtIn},
        {QStringLiteral("version"), destination.version},
        {QStringLiteral("created_at"), toRfc3339(destination.createdAt)},
        {QStringLiteral("updated_at"), toRfc3339(destination.updatedAt)},
    };
    showCredentials(destination, object);
    return object;
}

QJsonObject settingsOf(const Destination& destination)
{
    QJsonObject settings = toJson(destination);
    settings.remove(fieldName);
    for (const auto name : shownFields)
        settings.remove(name);
    return settings;
}

Destination fromSettings(const QString& name, const QJsonObject& settings)
{
    std::vector<FieldError> ignored; // it was checked on its way in
    FieldReader fields(settings, QString(), ignored);
    Destination destination;
    destination.name = name;
    readSettings(fields, destination, ignored);
    destination.headers.clear();
    const QJsonObject headers = settings.value(fieldHeaders).toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header)
        destination.headers.push_back({header.key().toLatin1(), header->toString().toLatin1()});
    return destination;
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
