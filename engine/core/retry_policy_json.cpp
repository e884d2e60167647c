// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/retry_policy_json.h"

#include "core/field_reader.h"

#include <QJsonArray>

#include <array>

namespace punctual
{

namespace
{

using namespace std::chrono_literals;

constexpr QLatin1StringView fieldAttempts("max_attempts");
constexpr QLatin1StringView fieldBackoff("backoff");
constexpr QLatin1StringView fieldInitialDelay("initial_delay_ms");
constexpr QLatin1StringView fieldFactor("factor");
constexpr QLatin1StringView fieldMaxDelay("max_delay_ms");
constexpr QLatin1StringView fieldJitter("jitter");
constexpr QLatin1StringView fieldDelays("delays_ms");
constexpr QLatin1StringView fieldMaxAge("max_age_ms");
constexpr QLatin1StringView fieldRetryOn("retry_on");
constexpr QLatin1StringView fieldRefuseOn("refuse_on");
constexpr QLatin1StringView fieldStopOn("stop_on");
constexpr QLatin1StringView fullJitter("full");

constexpr Duration mostDelay = 24h * 10;
constexpr qsizetype mostDelays = 100;

std::optional<std::vector<Duration>> delaysOf(const QJsonValue& value)
{
    const QJsonArray array = value.toArray();
    if (array.isEmpty() || array.size() > mostDelays)
        return std::nullopt;
    std::vector<Duration> delays;
    for (const auto& item : array) {
        const qint64 delay = item.toInteger(-1);
        if (delay < 0 || delay > toMilliseconds(mostDelay))
            return std::nullopt;
        delays.push_back(std::chrono::milliseconds(delay));
    }
    return delays;
}

void readDelays(const QJsonObject& object, FieldReader& fields, RetryPolicy& retry)
{
    const bool given = fields.ask(fieldDelays);
    if (retry.backoff != Backoff::List) {
        retry.delays.clear();
        if (given)
            fields.wrong(fieldDelays, QStringLiteral("is only for the backoff list"));
    } else if (given) {
        if (const auto delays = delaysOf(object.value(fieldDelays)))
            retry.delays = *delays;
        else
            fields.wrong(fieldDelays,
                         QStringLiteral("is not an array of 1 to 100 whole numbers from 0 to 864000000"));
    } else if (retry.delays.empty() || object.contains(fieldDelays)) {
        fields.wrong(fieldDelays, QStringLiteral("is missing"));
    }
}

void readJitter(const QJsonObject& object, FieldReader& fields, RetryPolicy& retry)
{
    if (!object.value(fieldJitter).isString()) {
        if (const auto jitter = fields.number(fieldJitter, 0, 1)) {
            retry.jitter = *jitter;
            retry.fullJitter = false;
        }
    } else if (fields.text(fieldJitter) == QString(fullJitter)) {
        retry.fullJitter = true;
    } else {
        fields.wrong(fieldJitter, QStringLiteral("is neither a number from 0 to 1 nor \"full\""));
    }
}

/// Whether the list was given.
bool readCodes(const QJsonObject& object, FieldReader& fields, QLatin1StringView name, StatusCodes& codes)
{
    if (!fields.ask(name))
        return false;
    const auto value = object.value(name);
    const auto read = value.isArray() ? StatusCodes::fromJson(value.toArray()) : std::nullopt;
    if (read)
        codes = *read;
    else
        fields.wrong(name, QStringLiteral("is not an array of status codes from 300 to 599, "
                                          "\"3xx\", \"4xx\" and \"5xx\""));
    return read.has_value();
}

/// A status with two meanings is a mistake. Of a list that is not given the given ones take it away.
void readMeanings(const QJsonObject& object, FieldReader& fields, RetryPolicy& retry)
{
    struct List
    {
        QLatin1StringView name;
        StatusCodes& codes;
        bool given = false;
    };
    std::array<List, 3> lists{
        {{fieldRetryOn, retry.retryOn}, {fieldRefuseOn, retry.refuseOn}, {fieldStopOn, retry.stopOn}}};
    for (auto& list : lists)
        list.given = readCodes(object, fields, list.name, list.codes);
    for (auto& later : lists)
        for (auto& list : lists) {
            if (&list == &later || !later.given)
                continue;
            if (!list.given)
                list.codes = list.codes.without(later.codes);
            else if (&list < &later && list.codes.without(later.codes) != list.codes)
                fields.wrong(later.name, QStringLiteral("has a status that %1 has too").arg(list.name));
        }
}

} // namespace

QJsonObject toJson(const RetryPolicy& retry)
{
    QJsonObject object{
        {fieldAttempts, retry.maxAttempts},
        {fieldBackoff, QString(toText(retry.backoff))},
        {fieldInitialDelay, toMilliseconds(retry.initialDelay)},
        {fieldFactor, retry.factor},
        {fieldMaxDelay, toMilliseconds(retry.maxDelay)},
        {fieldJitter, retry.fullJitter ? QJsonValue(QString(fullJitter)) : QJsonValue(retry.jitter)},
        {fieldRetryOn, retry.retryOn.toJson()},
        {fieldRefuseOn, retry.refuseOn.toJson()},
        {fieldStopOn, retry.stopOn.toJson()},
    };
    if (retry.backoff == Backoff::List) {
        QJsonArray delays;
        for (const Duration delay : retry.delays)
            delays.append(toMilliseconds(delay));
        object.insert(fieldDelays, delays);
    }
    if (retry.maxAge)
        object.insert(fieldMaxAge, toMilliseconds(*retry.maxAge));
    return object;
}

RetryPolicy readRetryPolicy(const QJsonObject& object, const QString& pointer,
                            std::vector<FieldError>& errors, const RetryPolicy& defaults)
{
    FieldReader fields(object, pointer, errors);
    RetryPolicy retry = defaults;
    if (const auto most = fields.integer(fieldAttempts, 1, 1000))
        retry.maxAttempts = static_cast<int>(*most);
    FieldReader::assign(retry.backoff, fields.word(fieldBackoff, &parseBackoff,
                                                   QLatin1StringView("exponential, fixed, list")));
    FieldReader::assign(retry.initialDelay, fields.milliseconds(fieldInitialDelay, 0ms, mostDelay));
    FieldReader::assign(retry.factor, fields.number(fieldFactor, 1, 100));
    FieldReader::assign(retry.maxDelay, fields.milliseconds(fieldMaxDelay, 0ms, mostDelay));
    readJitter(object, fields, retry);
    readDelays(object, fields, retry);
    if (object.value(fieldMaxAge).isNull())
        retry.maxAge.reset();
    if (const auto age = fields.milliseconds(fieldMaxAge, 1ms, 24h * 366))
        retry.maxAge = *age;
    readMeanings(object, fields, retry);
    fields.refuseUnknownFields();
    return retry;
}

Result<RetryPolicy> overlaid(const RetryPolicy& base, const QJsonObject& parts)
{
    std::vector<FieldError> errors;
    RetryPolicy retry = readRetryPolicy(parts, QString(), errors, base);
    if (!errors.empty())
        return failure(ErrorCode::InvalidInput, QStringLiteral("The retry policy is not valid."),
                       std::move(errors));
    return retry;
}

} // namespace punctual
