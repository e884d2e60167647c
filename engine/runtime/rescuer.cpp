// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/rescuer.h"

#include <QLoggingCategory>

namespace punctual::runtime
{

using namespace std::chrono_literals;

namespace
{

Q_LOGGING_CATEGORY(logRescuer, "punctual.rescue")

constexpr int largestBatch = 1000;
constexpr int mostBatches = 10;   // of expired messages a round
constexpr int claimsAtOnce = 200; // calls of claim(), 500 messages each
constexpr Duration patienceWithOthers = 5s;
constexpr int roundsOfTidying = 600; // ten minutes
constexpr int roundsOfSealing = 10;  // ten seconds
constexpr int keysARound = 500;

/// What does not have to be done in every round.
struct Chores
{
    bool seal = false;
    bool tidy = false;
};

/// A few batches; what is left comes in the next round, so that nothing else waits behind a night of
/// messages.
Result<void> expire(store::Connection& connection, const store::NodeKey& node)
{
    for (int batch = 0; batch < mostBatches; ++batch) {
        const auto moved = store::expire(connection, node, largestBatch);
        if (!moved)
            return tl::unexpected(moved.error());
        if (*moved < largestBatch)
            break;
    }
    return {};
}

/// Gives how many messages moved.
Result<int> rescueAll(store::Connection& connection, const store::NodeKey& node,
                      const std::vector<MessageId>& mine, bool others)
{
    for (int sum = 0;;) {
        const auto rescued = store::rescue(connection, node, mine, others, claimsAtOnce);
        if (!rescued)
            return tl::unexpected(rescued.error());
        sum += rescued->messages;
        if (rescued->lookedAt < claimsAtOnce || rescued->over == 0)
            return sum; // the rest, or all of what was looked at, is somebody else's
    }
}

/// Gives where the next round goes on with the keys.
Result<store::KeyPlace> keepHouse(store::Connection& connection, const Chores& chores,
                                  const store::KeyPlace& lastKey)
{
    return store::foldCounters(connection)
        .and_then(
            [&]() -> Result<void> { return chores.seal ? store::sealAudit(connection) : Result<void>{}; })
        .and_then([&]() -> Result<void> { return chores.tidy ? store::tidy(connection) : Result<void>{}; })
        .and_then([&] { return store::advanceKeys(connection, lastKey, keysARound); });
}

} // namespace

Rescuer::Rescuer(store::DatabaseThread& thread, store::Loop& home, const ShardKeeper& keeper,
                 const Dispatcher& dispatcher, const OutcomeWriter& writer, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_home(home)
    , m_keeper(keeper)
    , m_dispatcher(dispatcher)
    , m_writer(writer)
{
    connect(&m_timer, &QTimer::timeout, this, &Rescuer::runOnce);
}

void Rescuer::start()
{
    m_timer.start(1s);
}

void Rescuer::stop()
{
    m_timer.stop();
}

void Rescuer::runOnce()
{
    if (m_thread.pending() > 0 || !m_keeper.holdsLease())
        return;
    std::vector<MessageId> mine;
    m_dispatcher.appendClaims(mine);
    m_writer.appendIds(mine);
    const bool keeper = m_keeper.ownsShard(0);
    // After an outage of the database every lease has run out. Who is alive joins and records first.
    const bool others = m_keeper.leaseHeldFor() > patienceWithOthers;
    const Chores chores{m_rounds % roundsOfSealing == 0, m_rounds % roundsOfTidying == 0};
    ++m_rounds;
    m_thread.run(
        m_home, this,
        [node = m_keeper.node(), mine = std::move(mine), others, keeper, chores,
         lastKey = m_lastKey](store::Connection& connection) -> Result<Round> {
            const auto rescued = rescueAll(connection, node, mine, others);
            if (!rescued)
                return tl::unexpected(rescued.error());
            return expire(connection, node)
                .and_then([&]() -> Result<store::KeyPlace> {
                    return keeper ? keepHouse(connection, chores, lastKey) : store::KeyPlace{};
                })
                .map([&](const store::KeyPlace& key) {
                    return Round{*rescued, key};
                });
        },
        [this](const Result<Round>& round) { note(round); });
}

void Rescuer::note(const Result<Round>& round)
{
    if (!round) {
        qCWarning(logRescuer, "Not done: %ls", qUtf16Printable(round.error().detail));
        return;
    }
    m_lastKey = round->lastKey;
    if (round->rescued > 0)
        qCWarning(logRescuer, "%d messages of ended nodes have an unknown outcome", round->rescued);
}

} // namespace punctual::runtime
