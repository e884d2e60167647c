// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/lane_queries.h"

#include "core/destination_json.h"
#include "core/uuid_v7.h"
#include "store/array_literal.h"
#include "store/row.h"

namespace punctual::store
{

namespace
{

std::optional<qint64> microsecondsOf(const std::optional<Instant>& instant)
{
    return instant ? std::optional(toMicroseconds(*instant)) : std::nullopt;
}

std::optional<QString> textOf(const QString& text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

LimiterState readState(const QByteArray& literal)
{
    LimiterState state;
    for (const auto& number : readArray(QString::fromLatin1(literal)))
        state.push_back(number.toLongLong());
    return state;
}

LaneRow readLane(const BinaryRow& row)
{
    const auto instantOrNone = [&](int column) {
        return row.isNull(column) ? std::nullopt : std::optional(row.instant(column));
    };
    const auto numberOrNone = [&](int column) {
        return row.isNull(column) ? std::nullopt : std::optional(row.bigint(column));
    };
    LaneRow lane;
    lane.destination = QString::fromUtf8(row.bytes(0));
    lane.written = row.boolean(1);
    lane.state.version = row.bigint(2);
    lane.state.limiter = readState(row.bytes(3));
    lane.state.quota = readState(row.bytes(4));
    lane.state.breaker = readState(row.bytes(5));
    lane.state.breakerCause = QString::fromUtf8(row.bytes(6));
    lane.state.heldUntil = instantOrNone(7);
    lane.state.heldBecause = QString::fromUtf8(row.bytes(8));
    lane.state.provider.limit = numberOrNone(9);
    lane.state.provider.remaining = numberOrNone(10);
    lane.state.provider.resetAt = instantOrNone(11);
    return lane;
}

int messagesPerCall(const Destination& destination)
{
    return destination.batching ? destination.batching->maxMessages : 1;
}

WhyFacts readFacts(const QSqlQuery& row)
{
    WhyFacts facts;
    facts.now = instantAt(row, 0);
    facts.state = parseMessageState(row.value(1).toString()).value_or(MessageState::Scheduled);
    facts.destination = row.value(2).toString();
    facts.dueAt = instantAt(row, 3);
    facts.nextAttemptAt = optionalInstantAt(row, 4);
    facts.attempts = row.value(5).toInt();
    facts.claimedAt = optionalInstantAt(row, 6);
    facts.isPaused = row.value(7).toBool();
    facts.pausedUntil = optionalInstantAt(row, 8);
    facts.pausedBy = row.value(9).toString();
    facts.pauseReason = row.value(10).toString();
    if (!row.isNull(11))
        facts.head = uuidAt(row, 11);
    facts.isKeyParked = row.value(12).toBool();
    facts.hasNode = row.value(13).toBool();
    facts.heldUntil = optionalInstantAt(row, 14);
    facts.heldBecause = row.value(15).toString();
    facts.isBreakerOpen = row.value(16).toString() == toText(BreakerState::Open);
    facts.isBreakerHalfOpen = row.value(16).toString() == toText(BreakerState::HalfOpen);
    facts.breakerUntil = optionalInstantAt(row, 17);
    facts.breakerCause = row.value(18).toString();
    facts.quotaUsed = row.value(19).toLongLong();
    facts.quotaResetsAt = optionalInstantAt(row, 20);
    const auto settings = fromSettings(facts.destination, objectAt(row, 21));
    if (settings.quota)
        facts.quotaLimit = settings.quota->limit;
    if (settings.rateLimit)
        facts.allowedPerSecond = perSecond(*settings.rateLimit) * messagesPerCall(settings);
    facts.ahead = row.value(22).toLongLong();
    facts.delivering = row.value(23).toLongLong();
    facts.slots = row.value(24).toLongLong() * settings.maxConcurrency;
    facts.deliveredPerSecond = row.value(25).toDouble();
    facts.claimTime = Duration(row.value(26).toLongLong());
    facts.share = row.value(27).toDouble();
    facts.lockedBecause = row.value(28).toString();
    return facts;
}

} // namespace

Result<std::vector<LaneRow>> exchangeLanes(Connection& connection, const std::vector<LaneUpdate>& updates)
{
    const auto n = updates.size();
    ArrayParameter destinations(SqlType::Text, n), versions(SqlType::Bigint, n), limiters(SqlType::Text, n),
        quotas(SqlType::Text, n), breakers(SqlType::Text, n), used(SqlType::Bigint, n),
        limits(SqlType::Bigint, n), resets(SqlType::Bigint, n), breakerStates(SqlType::Text, n),
        breakerUntil(SqlType::Bigint, n), causes(SqlType::Text, n), heldUntil(SqlType::Bigint, n),
        heldBecause(SqlType::Text, n), providerLimits(SqlType::Bigint, n), remaining(SqlType::Bigint, n),
        providerResets(SqlType::Bigint, n);
    for (const auto& [destination, state, view] : updates) {
        destinations.add(destination);
        versions.add(state.version);
        limiters.add(arrayOf(state.limiter));
        quotas.add(arrayOf(state.quota));
        breakers.add(arrayOf(state.breaker));
        used.add(view.quotaUsed);
        limits.add(view.quotaLimit);
        resets.add(microsecondsOf(view.quotaResetsAt));
        breakerStates.add(view.breaker ? std::optional(toText(*view.breaker)) : std::nullopt);
        breakerUntil.add(microsecondsOf(view.breakerUntil));
        causes.add(textOf(state.breakerCause));
        heldUntil.add(microsecondsOf(state.heldUntil));
        heldBecause.add(textOf(state.heldBecause));
        providerLimits.add(state.provider.limit);
        remaining.add(state.provider.remaining);
        providerResets.add(microsecondsOf(state.provider.resetAt));
    }
    Parameters parameters;
    parameters.add(std::move(destinations)).add(std::move(versions)).add(std::move(limiters));
    parameters.add(std::move(quotas)).add(std::move(breakers)).add(std::move(used)).add(std::move(limits));
    parameters.add(std::move(resets)).add(std::move(breakerStates)).add(std::move(breakerUntil));
    parameters.add(std::move(causes)).add(std::move(heldUntil)).add(std::move(heldBecause));
    parameters.add(std::move(providerLimits)).add(std::move(remaining)).add(std::move(providerResets));
    std::vector<LaneRow> lanes;
    return connection
        .call(
            "SELECT destination, written, version, limiter, quota, breaker, breaker_cause, held_until_us, "
            "held_because, provider_limit, provider_remaining, provider_resets_us FROM "
            "punctual.exchange_lanes($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
            parameters, [&](const BinaryRow& row) { lanes.push_back(readLane(row)); })
        .map([&] { return std::move(lanes); });
}

Result<void> stopDestination(Connection& connection, const QString& destination, const QString& reason)
{
    return connection.run(QStringLiteral("SELECT punctual.stop_destination(?, ?)"), {destination, reason});
}

Result<KeyPlace> advanceKeys(Connection& connection, const KeyPlace& after, int limit)
{
    KeyPlace last;
    return connection
        .select(QStringLiteral("SELECT destination, key FROM punctual.advance_some_keys(?, ?, ?)"),
                {after.destination, after.key, limit},
                [&](const QSqlQuery& row) {
                    last = {row.value(0).toString(), row.value(1).toString()};
                })
        .map([&] { return last; });
}

Result<Why> why(Connection& connection, const MessageId& id)
{
    std::optional<Why> found;
    auto read = connection.select(
        QStringLiteral(
            "SELECT now_us, state, destination, due_us, next_attempt_us, attempts, claimed_us, is_paused, "
            "paused_until_us, paused_by, pause_reason, head, is_parked, has_node, held_until_us, "
            "held_because, breaker_state, breaker_until_us, breaker_cause, quota_used, quota_resets_us, "
            "settings, ahead, delivering, live_nodes, per_second, claim_us, share, locked_because FROM "
            "punctual.why_facts(?)"),
        {toText(id)}, [&](const QSqlQuery& row) { found = whyNotGone(readFacts(row)); });
    if (!read)
        return tl::unexpected(read.error());
    if (!found)
        return failure(ErrorCode::NotFound, QStringLiteral("There is no message %1.").arg(toText(id)));
    return *found;
}

Result<std::vector<BlockedKey>> blockedKeys(Connection& connection, const QString& destination,
                                            const QString& after, int limit)
{
    std::vector<BlockedKey> keys;
    return connection
        .select(QStringLiteral(
                    "SELECT key, head, state, attempts, due_us, next_attempt_us, last_error, parked_us, "
                    "waiting FROM punctual.blocked_keys(?, ?, ?)"),
                {destination, after, limit},
                [&](const QSqlQuery& row) {
                    keys.push_back({row.value(0).toString(), uuidAt(row, 1),
                                    parseMessageState(row.value(2).toString()).value_or(MessageState::Dead),
                                    row.value(3).toInt(), instantAt(row, 4), optionalInstantAt(row, 5),
                                    row.value(6).toString(), optionalInstantAt(row, 7),
                                    row.value(8).toLongLong()});
                })
        .map([&] { return std::move(keys); });
}

Result<bool> releaseKey(Connection& connection, const QString& destination, const QString& key)
{
    bool was = false;
    return connection
        .select(QStringLiteral("SELECT punctual.release_key(?, ?)"), {destination, key},
                [&](const QSqlQuery& row) { was = row.value(0).toBool(); })
        .map([&] { return was; });
}

Result<std::vector<Forecast>> forecasts(Connection& connection, const std::optional<QString>& destination,
                                        int hours)
{
    std::map<QString, ForecastInput> inputs;
    const QString only = destination ? QStringLiteral(" WHERE d.name = ?") : QString();
    const QVariantList values = destination ? QVariantList{*destination} : QVariantList{};
    return connection
        .select(QStringLiteral(
                    "SELECT d.name, punctual.micros(now()), d.settings::text, "
                    "coalesce(l.quota_used, 0), punctual.micros(l.quota_resets_at) "
                    "FROM punctual.destinations d LEFT JOIN punctual.lanes l ON l.destination = d.name") +
                    only,
                values,
                [&](const QSqlQuery& row) {
                    const auto settings = objectAt(row, 2);
                    const auto known = fromSettings(row.value(0).toString(), settings);
                    ForecastInput input{
                        known.name, instantAt(row, 1),      {},   known.rateLimit, known.quota,
                        0,          messagesPerCall(known), hours};
                    if (optionalInstantAt(row, 4) > input.now) // else it was counted in a period that is over
                        input.quotaUsed = row.value(3).toLongLong();
                    inputs.emplace(known.name, input);
                })
        .and_then([&] {
            return connection.select(
                QStringLiteral("SELECT destination, hour_us, count FROM punctual.due_by_hour(?, ?)"),
                {hours, destination ? QVariant(*destination) : QVariant(QMetaType(QMetaType::QString))},
                [&](const QSqlQuery& row) {
                    if (const auto input = inputs.find(row.value(0).toString()); input != inputs.end())
                        input->second.due[std::chrono::floor<std::chrono::hours>(instantAt(row, 1))] +=
                            row.value(2).toLongLong();
                });
        })
        .map([&] {
            std::vector<Forecast> all;
            all.reserve(inputs.size());
            for (const auto& [name, input] : inputs)
                all.push_back(forecast(input));
            return all;
        });
}

Result<std::vector<QuotaMinute>> quotaHistory(Connection& connection, const QString& destination,
                                              Instant from, Instant until)
{
    std::vector<QuotaMinute> minutes;
    return connection
        .select(QStringLiteral(
                    "SELECT punctual.micros(minute), used, quota, punctual.micros(resets_at) "
                    "FROM punctual.quota_statistics WHERE destination = ? AND minute >= punctual.instant(?) "
                    "AND minute < punctual.instant(?) ORDER BY minute"),
                {destination, toMicroseconds(from), toMicroseconds(until)},
                [&](const QSqlQuery& row) {
                    minutes.push_back({instantAt(row, 0), row.value(1).toLongLong(),
                                       row.value(2).toLongLong(), instantAt(row, 3)});
                })
        .map([&] { return std::move(minutes); });
}

} // namespace punctual::store
