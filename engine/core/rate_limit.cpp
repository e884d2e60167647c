// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rate_limit.h"

#include "core/field_reader.h"

#include <array>

namespace punctual
{

namespace
{

using namespace std::chrono_literals;

constexpr QLatin1StringView fieldAlgorithm("algorithm");
constexpr QLatin1StringView fieldLimit("limit");
constexpr QLatin1StringView fieldPer("per_ms");
constexpr QLatin1StringView fieldBurst("burst");

constexpr qint64 most = 1'000'000;
constexpr Duration leastSpacing = 20us; // spaces are whole microseconds; below this the rounding shows

constexpr std::array<std::pair<RateAlgorithm, QLatin1StringView>, 5> names{{
    {RateAlgorithm::TokenBucket, QLatin1StringView("token_bucket")},
    {RateAlgorithm::LeakyBucket, QLatin1StringView("leaky_bucket")},
    {RateAlgorithm::FixedWindow, QLatin1StringView("fixed_window")},
    {RateAlgorithm::SlidingWindow, QLatin1StringView("sliding_window")},
    {RateAlgorithm::SlidingLog, QLatin1StringView("sliding_log")},
}};

bool isSpaced(const RateLimit& rate)
{
    return rate.algorithm == RateAlgorithm::LeakyBucket ||
           (rate.algorithm == RateAlgorithm::TokenBucket && rate.burst == 1);
}

void readBurst(FieldReader& fields, RateLimit& rate, bool burstIsLimit)
{
    const auto burst = fields.integer(fieldBurst, 1, most);
    if (fields.has(fieldBurst) && rate.algorithm != RateAlgorithm::TokenBucket)
        fields.wrong(fieldBurst, QStringLiteral("is only for the algorithm token_bucket"));
    else if (burst)
        rate.burst = *burst;
    else if (burstIsLimit || rate.algorithm != RateAlgorithm::TokenBucket)
        rate.burst = rate.limit;
}

} // namespace

QLatin1StringView toText(RateAlgorithm algorithm)
{
    for (const auto& [value, name] : names)
        if (value == algorithm)
            return name;
    Q_UNREACHABLE();
}

std::optional<RateAlgorithm> parseRateAlgorithm(QStringView text)
{
    for (const auto& [value, name] : names)
        if (name == text)
            return value;
    return std::nullopt;
}

QJsonObject toJson(const RateLimit& rate)
{
    QJsonObject object{
        {fieldAlgorithm, QString(toText(rate.algorithm))},
        {fieldLimit, rate.limit},
        {fieldPer, toMilliseconds(rate.per)},
    };
    if (rate.algorithm == RateAlgorithm::TokenBucket)
        object.insert(fieldBurst, rate.burst);
    return object;
}

RateLimit readRateLimit(const QJsonObject& object, const QString& pointer, std::vector<FieldError>& errors,
                        const std::optional<RateLimit>& current)
{
    const std::size_t before = errors.size();
    FieldReader fields(object, pointer, errors);
    RateLimit rate = current.value_or(RateLimit{});
    FieldReader::assign(rate.algorithm,
                        fields.word(fieldAlgorithm, &parseRateAlgorithm,
                                    QLatin1StringView("token_bucket, leaky_bucket, fixed_window, "
                                                      "sliding_window, sliding_log")));
    for (const auto name : {fieldLimit, fieldPer})
        if (!current && !fields.has(name))
            fields.wrong(name, QStringLiteral("is missing"));
    FieldReader::assign(rate.limit, fields.integer(fieldLimit, 1, most));
    FieldReader::assign(rate.per, fields.milliseconds(fieldPer, 100ms, 31 * 24h));
    readBurst(fields, rate, !current || current->burst == current->limit || object.contains(fieldBurst));

    if (rate.algorithm == RateAlgorithm::SlidingLog && rate.limit > mostInSlidingLog)
        fields.wrong(fieldLimit,
                     QStringLiteral("is more than %1, the most of a sliding_log").arg(mostInSlidingLog));
    if (errors.size() == before && isSpaced(rate) && rate.per / rate.limit < leastSpacing)
        fields.wrong(fieldLimit, QStringLiteral("is more than 50 a millisecond, too many to space evenly"));
    fields.refuseUnknownFields();
    return rate;
}

} // namespace punctual
