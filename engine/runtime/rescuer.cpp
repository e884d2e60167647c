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
constexpr int roundsOfTidying = 600; // ten minutes

/// Repeats a batch until it finds less than a whole one.
template <class Batch>
Result<int> all(const Batch& batch)
{
    int sum = 0;
    for (;;) {
        Result<int> moved = batch();
        if (!moved)
            return moved;
        sum += *moved;
        if (*moved < largestBatch)
            return sum;
    }
}

Result<void> keepHouse(store::Connection& connection, bool tidying)
{
    return store::foldCounters(connection).and_then([&]() -> Result<void> {
        return tidying ? store::tidy(connection) : Result<void>{};
    });
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
    const bool tidying = m_rounds++ % roundsOfTidying == 0;
    m_thread.run(
        m_home, this,
        [node = m_keeper.node(), mine = std::move(mine), keeper, tidying](store::Connection& connection) {
            return all([&] { return store::expire(connection, node, largestBatch); }).and_then([&](int) {
                return all([&] { return store::rescue(connection, node, mine, largestBatch); })
                    .and_then([&](int rescued) -> Result<int> {
                        const auto kept = keeper ? keepHouse(connection, tidying) : Result<void>{};
                        return kept ? Result<int>(rescued) : tl::unexpected(kept.error());
                    });
            });
        },
        [this](const Result<int>& rescued) { note(rescued); });
}

void Rescuer::note(const Result<int>& rescued)
{
    if (!rescued)
        qCWarning(logRescuer, "Not done: %ls", qUtf16Printable(rescued.error().detail));
    else if (*rescued > 0)
        qCWarning(logRescuer, "%d messages of ended nodes have an unknown outcome", *rescued);
}

} // namespace punctual::runtime
