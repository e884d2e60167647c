// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/operation_worker.h"

#include <QLoggingCategory>

#include <algorithm>

namespace punctual::runtime
{

using namespace std::chrono_literals;

namespace
{

Q_LOGGING_CATEGORY(logOperations, "punctual.operations")

constexpr int smallestBatch = 50;
constexpr int largestBatch = 1000;
constexpr int firstBatch = 500;
constexpr Duration shortEnough = 40ms; // a batch that took less may be larger next time
constexpr Duration tooLong = 80ms;
constexpr Duration poll = 1s; // for a wake-up that got lost, and for what a dead node left

std::chrono::milliseconds wholeMilliseconds(Duration duration)
{
    return std::chrono::ceil<std::chrono::milliseconds>(duration);
}

} // namespace

OperationWorker::OperationWorker(store::DatabaseThread& thread, store::Loop& home, const ShardKeeper& keeper,
                                 QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_home(home)
    , m_keeper(keeper)
    , m_batch(firstBatch)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &OperationWorker::runOnce);
}

void OperationWorker::start()
{
    m_stopped = false;
    m_timer.start(wholeMilliseconds(poll));
}

void OperationWorker::stop()
{
    m_stopped = true;
    m_timer.stop();
}

void OperationWorker::wake()
{
    if (m_stopped)
        return;
    m_again = m_working;
    if (!m_working)
        m_timer.start(0ms);
}

void OperationWorker::runOnce()
{
    if (!m_keeper.holdsLease()) {
        m_timer.start(wholeMilliseconds(poll));
        return;
    }
    m_working = true;
    m_again = false;
    const Duration startedAt = DatabaseClock::sinceBoot();
    m_thread.run(
        m_home, this,
        [node = m_keeper.node().id, batch = m_batch](store::Connection& connection) {
            return store::workOperation(connection, node, batch);
        },
        [this, startedAt](const Result<store::Worked>& worked) {
            m_working = false;
            if (!m_stopped)
                take(worked, DatabaseClock::sinceBoot() - startedAt);
        });
}

void OperationWorker::take(const Result<store::Worked>& worked, Duration took)
{
    if (!worked) {
        qCWarning(logOperations, "Not done: %ls", qUtf16Printable(worked.error().detail));
        m_batch = std::max(m_batch / 2, smallestBatch); // it may have taken too long
        m_timer.start(wholeMilliseconds(poll));
        return;
    }
    if (worked->items >= m_batch && took < shortEnough)
        m_batch = std::min(2 * m_batch, largestBatch);
    else if (took > tooLong) // or failed, for that very reason
        m_batch = std::max(m_batch / 2, smallestBatch);
    // A rest of a quarter of the work leaves the processors and the disk to what is due.
    const Duration rest = m_again ? Duration{} : worked->wait.value_or(poll);
    m_timer.start(wholeMilliseconds(std::clamp(rest, std::min(took / 4, poll), poll)));
}

} // namespace punctual::runtime
