// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the facade that destinations are read and changed by.
#include "client/client_pool.h"
#include "core/destination_json.h"
#include "store/destination_queries.h"

#include <algorithm>

namespace punctual::client
{

using store::Connection;

namespace
{

Result<PutDestination> put(Connection& connection, const Destination& destination,
                           std::optional<qint64> version = std::nullopt)
{
    return store::putDestination(connection, destination, version).and_then([&](bool created) {
        return store::destination(connection, destination.name).map([&](const Destination& stored) {
            return PutDestination{stored, created};
        });
    });
}

using Versions = std::optional<std::vector<qint64>>;

bool isStale(const Versions& wanted, qint64 version)
{
    return wanted && std::find(wanted->begin(), wanted->end(), version) == wanted->end();
}

Result<PutDestination> putJson(Connection& connection, const QString& name, const QJsonObject& object,
                               const Versions& ifVersion)
{
    const auto stored = store::destination(connection, name);
    if (!stored && stored.error().code != ErrorCode::NotFound)
        return tl::unexpected(stored.error());
    if (isStale(ifVersion, stored ? stored->version : 0)) // there is no version 0
        return PutDestination{.destination = {}, .stale = true};
    return readDestination(name, object, stored ? &*stored : nullptr)
        .and_then([&](const Destination& destination) {
            // A mark stood for what was stored then.
            return put(connection, destination, stored ? std::optional(stored->version) : std::nullopt);
        });
}

Result<PutDestination> patched(Connection& connection, const QString& name, const QJsonObject& change,
                               const Versions& ifVersion)
{
    return store::destination(connection, name)
        .and_then([&](const Destination& current) -> Result<PutDestination> {
            if (isStale(ifVersion, current.version))
                return PutDestination{.destination = {}, .stale = true};
            return patchDestination(current, change).and_then([&](const Destination& wanted) {
                return put(connection, wanted, current.version);
            });
        });
}

} // namespace

void Client::destinations(const Actor& actor, QObject* context, Answer<std::vector<Destination>> answer)
{
    ask(
        actor, context, [](Connection& connection) { return store::destinations(connection); },
        std::move(answer));
}

void Client::destination(const Actor& actor, const QString& name, QObject* context,
                         Answer<Destination> answer)
{
    ask(
        actor, context, [name](Connection& connection) { return store::destination(connection, name); },
        std::move(answer));
}

void Client::put(const Actor& actor, const Destination& destination, QObject* context,
                 Answer<PutDestination> answer)
{
    ask(
        actor, context,
        [destination](Connection& connection) { return client::put(connection, destination); },
        std::move(answer));
}

void Client::put(const Actor& actor, const QString& name, const QJsonObject& object, QObject* context,
                 Answer<PutDestination> answer)
{
    put(actor, name, object, std::nullopt, context, std::move(answer));
}

void Client::put(const Actor& actor, const QString& name, const QJsonObject& object,
                 const std::optional<std::vector<qint64>>& ifVersion, QObject* context,
                 Answer<PutDestination> answer)
{
    ask(
        actor, context,
        [name, object, ifVersion](Connection& connection) {
            return putJson(connection, name, object, ifVersion);
        },
        std::move(answer));
}

void Client::patch(const Actor& actor, const QString& name, const QJsonObject& change, QObject* context,
                   Answer<Destination> answer)
{
    ask(
        actor, context,
        [name, change](Connection& connection) {
            return patched(connection, name, change, std::nullopt).map([](const PutDestination& put) {
                return put.destination;
            });
        },
        std::move(answer));
}

void Client::patch(const Actor& actor, const QString& name, const QJsonObject& change,
                   const std::optional<std::vector<qint64>>& ifVersion, QObject* context,
                   Answer<PutDestination> answer)
{
    ask(
        actor, context,
        [name, change, ifVersion](Connection& connection) {
            return patched(connection, name, change, ifVersion);
        },
        std::move(answer));
}

void Client::resealSecrets(const Actor& actor, QObject* context, Answer<int> answer)
{
    askLong(
        actor, context, [](Connection& connection) { return store::resealSecrets(connection); },
        std::move(answer));
}

void Client::remove(const Actor& actor, const QString& name, QObject* context, Answer<void> answer)
{
    ask(
        actor, context, [name](Connection& connection) { return store::removeDestination(connection, name); },
        std::move(answer));
}

void Client::pause(const Actor& actor, const QString& name, std::optional<Instant> until, QObject* context,
                   Answer<Destination> answer)
{
    ask(
        actor, context,
        [name, until](Connection& connection) {
            return store::pauseDestination(connection, name, until).and_then([&] {
                return store::destination(connection, name);
            });
        },
        std::move(answer));
}

void Client::resume(const Actor& actor, const QString& name, QObject* context, Answer<Destination> answer)
{
    ask(
        actor, context,
        [name](Connection& connection) {
            return store::resumeDestination(connection, name).and_then([&] {
                return store::destination(connection, name);
            });
        },
        std::move(answer));
}

} // namespace punctual::client
