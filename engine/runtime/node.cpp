// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/node.h"

#include <QLoggingCategory>

namespace punctual::runtime
{

using namespace std::chrono_literals;

namespace
{

Q_LOGGING_CATEGORY(logNode, "punctual.node")

constexpr QLatin1StringView dueChannel("punctual_due");
constexpr QLatin1StringView destinationChannel("punctual_destinations");
constexpr QLatin1StringView shardChannel("punctual_shards");
constexpr QLatin1StringView laneChannel("punctual_lanes");
constexpr QLatin1StringView operationChannel("punctual_operations");
constexpr int pulsesOfTheBook = 5;
constexpr auto patienceWithTheDatabase = 30s;
constexpr Duration patienceWithARenewal = 5s; // the lease has run out by then

} // namespace

Node::Node(const DatabaseAddress& address, const NodeOptions& options)
    : m_leaseThread(address, QStringLiteral("punctual lease"), patienceWithARenewal)
    , m_readThread(address, QStringLiteral("punctual read ahead"))
    , m_claimThread(address, QStringLiteral("punctual claim"))
    , m_recordThread(address, QStringLiteral("punctual record"))
    , m_quotaThread(address, QStringLiteral("punctual quota"))
    , m_serviceThread(address, QStringLiteral("punctual service"))
    , m_operationThread(address, QStringLiteral("punctual operations"))
    , m_keeper(m_leaseThread, m_home, m_clock, options.name)
    , m_book(m_readThread, m_home)
    , m_broker(m_quotaThread, m_home, m_clock)
    , m_writer(m_recordThread, m_home)
    , m_statistics(m_serviceThread, m_home, m_clock, m_keeper)
    , m_sender(m_clock, m_keeper, m_writer, m_statistics)
    , m_dispatcher(m_claimThread, m_home, m_clock, m_keeper, m_book, m_writer, m_sender, m_broker)
    , m_prefetcher(m_readThread, m_home, m_clock, m_keeper, m_dispatcher)
    , m_rescuer(m_serviceThread, m_home, m_keeper, m_dispatcher, m_writer)
    , m_operations(m_operationThread, m_home, m_keeper)
    , m_listener(address, {dueChannel, destinationChannel, shardChannel, laneChannel, operationChannel},
                 m_home, this,
                 [this](const QString& channel, const QString& payload) { heard(channel, payload); })
{
    connect(&m_keeper, &ShardKeeper::renewed, this, &Node::renewed);
    connect(&m_keeper, &ShardKeeper::failed, this, &Node::failed);
    connect(&m_keeper, &ShardKeeper::left, this, &Node::stopped);
    connect(&m_broker, &QuotaBroker::locked, &m_keeper, &ShardKeeper::setLocked);
    connect(&m_book, &DestinationBook::changed, &m_prefetcher, &Prefetcher::wake);
    connect(&m_writer, &OutcomeWriter::wrote, this, &Node::leaveWhenDone);
    connect(&m_writer, &OutcomeWriter::wroteRetries, &m_prefetcher, &Prefetcher::wake);
    connect(&m_dispatcher, &Dispatcher::idle, this, [this] {
        m_idle = true;
        leaveWhenDone();
    });
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &Node::leaveAnyway);
    connect(&m_pulse, &QTimer::timeout, this, [this] {
        Q_EMIT alive();
        m_listener.check();
        if (++m_pulses % pulsesOfTheBook == 0)
            refresh();
    });
}

/// What a notification that was not heard would have told.
void Node::refresh()
{
    m_book.runOnce();
    m_broker.refresh();
}

void Node::start()
{
    m_pulse.start(1s);
    // Or the first message would wait for a connection. What fails here is tried again when it is needed.
    for (auto* thread : {&m_claimThread, &m_recordThread})
        thread->run(
            m_home, this, [](store::Connection& connection) { return connection.open(); },
            [](const Result<void>&) {});
    m_book.runOnce();
    m_keeper.start();
    m_prefetcher.start();
    m_rescuer.start();
    m_operations.start();
    m_statistics.start();
}

void Node::stop()
{
    if (m_stopping)
        return;
    m_stopping = true;
    setReady(false);
    m_prefetcher.stop();
    m_rescuer.stop();
    m_operations.stop();
    m_dispatcher.stop();
    m_keeper.handOver();
    m_patience.start(patienceWithTheDatabase);
}

void Node::leaveWhenDone()
{
    if (!m_idle || m_left || m_writer.size() > 0)
        return;
    m_left = true;
    if (!m_keeper.holdsLease()) { // there is nothing to hand back, and nobody who would take it
        Q_EMIT stopped();
        return;
    }
    m_statistics.flush([this] { m_keeper.leave(); });
}

/// The database is away, or stands still: others see by the lease that this node is gone.
void Node::leaveAnyway()
{
    if (!m_idle && m_keeper.holdsLease()) { // it is a third party that takes its time
        m_patience.start(1s);
        return;
    }
    if (m_writer.size() > 0)
        qCCritical(logNode, "The database is away: %zu outcomes are left to the rescuer", m_writer.size());
    m_left = true;
    Q_EMIT stopped();
}

void Node::renewed()
{
    setReady(!m_stopping);
}

void Node::failed(const QString& reason)
{
    if (m_ready)
        qCWarning(logNode, "The node holds no shards: %ls", qUtf16Printable(reason));
    setReady(false);
    // What the others wait for is of no use without a lease, and a server that has come to the place of a
    // frozen one is found by a new connection.
    for (auto* thread : {&m_readThread, &m_claimThread, &m_recordThread, &m_quotaThread, &m_serviceThread,
                         &m_operationThread})
        thread->cutAfter(patienceWithARenewal);
}

void Node::setReady(bool ready)
{
    if (m_ready == ready)
        return;
    m_ready = ready;
    Q_EMIT readyChanged(ready);
}

void Node::heard(const QString& channel, const QString& payload)
{
    if (channel.isEmpty()) {
        refresh();
        m_prefetcher.wake();
    }
    if (channel == destinationChannel)
        m_book.runOnce();
    if (channel == shardChannel)
        m_keeper.wake();
    if (channel == laneChannel)
        m_broker.refresh(payload.split(u' '));
    if (channel == operationChannel)
        m_operations.wake();
    if (channel != dueChannel)
        return;
    const auto messages = store::readDueSoon(payload);
    bool all = !messages.empty();
    for (const auto& message : messages)
        all = m_dispatcher.add(message) && all;
    if (!all)
        m_prefetcher.wake();
}

} // namespace punctual::runtime
