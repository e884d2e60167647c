// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/self_test.h"

#include "app/ctl/await.h"
#include "core/uuid_v7.h"

#include <QElapsedTimer>
#include <QTimer>

#include <algorithm>

namespace punctual::ctl
{

using namespace std::chrono_literals;

namespace
{

constexpr qint64 batchSize = 1000;
constexpr qint64 bodySize = 200;
constexpr Duration ahead = 2s;     // between the scheduling and the due time, where lateness is measured
constexpr Duration patience = 10s; // without any progress
constexpr Duration shortPause = 2ms;
constexpr int clockSamples = 10;
const auto drainDestination = QStringLiteral("drain");
const auto exactDestination = QStringLiteral("exact");

Instant systemNow()
{
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

double perSecond(qint64 count, const QElapsedTimer& since)
{
    return static_cast<double>(count) * 1e9 / static_cast<double>(std::max<qint64>(since.nsecsElapsed(), 1));
}

NewMessage messageDue(Instant due, const QString& destination)
{
    NewMessage message;
    message.id = makeUuidV7(systemNow());
    message.destination = destination;
    message.due = due;
    message.content.body = QByteArray(bodySize, 'x');
    message.content.headers = {
        {QByteArray(dueHeader.data(), dueHeader.size()), QByteArray::number(toMicroseconds(due))}};
    return message;
}

} // namespace

SelfTest::SelfTest(const DatabaseAddress& address, const SelfTestPlan& plan)
    : m_client(address, 1)
    , m_node(address, {QStringLiteral("selftest")})
{
    m_report.plan = plan;
    connect(&m_node, &runtime::NodeHost::stopped, this, [this] { m_nodeStopped = true; });
}

SelfTest::~SelfTest() = default;

Result<SelfTestReport> SelfTest::run()
{
    return prepare()
        .and_then([&] { return measureRates(); })
        .and_then([&] { return measureLateness(); })
        .and_then([&] { return readStatistics(); })
        .and_then([&] { return stopNode(); })
        .map([&] {
            judge();
            return m_report;
        });
}

void SelfTest::interrupt()
{
    m_interrupted = true;
    Q_EMIT interrupted();
}

Result<void> SelfTest::prepare()
{
    const auto all = static_cast<std::size_t>(m_report.plan.messages + m_report.plan.exactMessages());
    auto receiver = LoopbackReceiver::listen(2 * all); // each of them may come twice and is still noted
    if (!receiver)
        return tl::unexpected(receiver.error());
    m_receiver = std::move(*receiver);
    m_scheduled.reserve(all);
    return findClockOffset().and_then([&] { return addDestination(drainDestination); }).and_then([&] {
        return addDestination(exactDestination);
    });
}

Result<void> SelfTest::measureRates()
{
    const qint64 messages = m_report.plan.messages;
    QElapsedTimer timer;
    timer.start();
    for (qint64 done = 0; done < messages; done += batchSize) {
        const auto size = static_cast<std::size_t>(std::min(batchSize, messages - done));
        if (auto stored = schedule(drainDestination, std::vector(size, databaseNow())); !stored)
            return stored;
    }
    m_report.schedulesPerSecond = perSecond(messages, timer);
    m_node.start();
    auto ready = awaitCount([&] { return Result<qint64>(m_node.isReady() ? 1 : 0); }, 1);
    if (ready && !m_node.isReady())
        return failure(ErrorCode::Unavailable, tr("The node does not start."));
    timer.start();
    return ready.and_then([&] { return awaitDelivered(); }).map([&] {
        m_report.deliveriesPerSecond = perSecond(messages, timer);
    });
}

Result<void> SelfTest::measureLateness()
{
    const auto& plan = m_report.plan;
    m_exactFrom = databaseNow() + ahead;
    std::vector<Instant> dues;
    for (qint64 i = 0; i < plan.exactMessages(); ++i) {
        dues.push_back(m_exactFrom + Duration(i * 1'000'000 / plan.rate));
        // A batch is a second's worth, or as much as a batch may be.
        const bool last = i + 1 == plan.exactMessages();
        if (!last && (i + 1) % plan.rate != 0 && static_cast<qint64>(dues.size()) < batchSize)
            continue;
        auto stored = schedule(exactDestination, dues).and_then([&] {
            return pass(dues.back() - ahead - databaseNow());
        });
        if (!stored)
            return stored;
        dues.clear();
    }
    return awaitDelivered();
}

/// A node writes its figures a second or two after the attempts.
Result<void> SelfTest::readStatistics()
{
    const auto read = [&]() -> Result<qint64> {
        using Rows = std::vector<DeliveryStatistics>;
        const auto rows = await<Rows>([&](QObject* context, client::Answer<Rows> answer) {
            m_client.statistics(m_actor, m_exactFrom - 1min, databaseNow() + 1min, context,
                                std::move(answer));
        });
        if (!rows)
            return tl::unexpected(rows.error());
        m_report.engine = {};
        for (const auto& row : *rows)
            if (row.destination == exactDestination)
                m_report.engine.add(row);
        return m_report.engine.attempts;
    };
    return awaitCount(read, m_report.plan.exactMessages());
}

Result<void> SelfTest::stopNode()
{
    m_node.stop();
    return awaitCount([&] { return Result<qint64>(m_nodeStopped ? 1 : 0); }, 1)
        .and_then([&]() -> Result<void> {
            const auto count = delivered();
            if (!count)
                return tl::unexpected(count.error());
            m_report.faults.unrecorded = static_cast<qint64>(m_scheduled.size()) - *count;
            return {};
        });
}

void SelfTest::judge()
{
    auto arrivals = m_receiver->stop();
    std::vector<Duration> latenesses;
    for (auto& arrival : arrivals) {
        arrival.at += m_clockOffset;
        if (arrival.dueAt >= m_exactFrom)
            latenesses.push_back(arrival.at - arrival.dueAt);
    }
    m_report.received = Distribution::of(std::move(latenesses));
    const qint64 unrecorded = m_report.faults.unrecorded;
    m_report.faults = faultsOf(m_scheduled, arrivals);
    m_report.faults.unrecorded = unrecorded;
}

/// Dues are the database's, arrivals are this machine's time. Of the samples the fastest says within which
/// bounds the difference is; where none can be told, as on one machine, there is none.
Result<void> SelfTest::findClockOffset()
{
    Duration fastest = Duration::max();
    for (int i = 0; i < clockSamples; ++i) {
        const Instant asked = systemNow();
        const auto told = status();
        const Instant answered = systemNow();
        if (!told)
            return tl::unexpected(told.error());
        if (answered - asked >= fastest)
            continue;
        fastest = answered - asked;
        const Duration least = told->databaseTime - answered;
        m_clockOffset = std::clamp(Duration{}, least, std::max(least, told->databaseTime - asked));
    }
    return {};
}

Result<void> SelfTest::addDestination(const QString& name)
{
    Destination destination;
    destination.name = name;
    destination.url = m_receiver->url();
    destination.allowPrivateAddresses = true;
    using client::PutDestination;
    return await<PutDestination>([&](QObject* context, client::Answer<PutDestination> answer) {
               m_client.put(m_actor, destination, context, std::move(answer));
           })
        .map([](const PutDestination&) {});
}

Result<void> SelfTest::schedule(const QString& destination, const std::vector<Instant>& dues)
{
    std::vector<NewMessage> messages;
    messages.reserve(dues.size());
    for (const auto due : dues) {
        messages.push_back(messageDue(due, destination));
        m_scheduled.push_back(messages.back().id);
    }
    const auto stored = await<Scheduled>([&](QObject* context, client::Answer<Scheduled> answer) {
        m_client.schedule(m_actor, std::move(messages), std::nullopt, context, std::move(answer));
    });
    return stored ? pass({}) : tl::unexpected(stored.error());
}

/// The receiver knows without a question; the database is asked only when all have arrived.
Result<void> SelfTest::awaitDelivered()
{
    const auto wanted = static_cast<qint64>(m_scheduled.size());
    return awaitCount([&] { return Result<qint64>(static_cast<qint64>(m_receiver->count())); }, wanted)
        .and_then([&] { return awaitCount([&] { return delivered(); }, wanted); });
}

/// Goes on without what does not come in time: the report will say so.
Result<void> SelfTest::awaitCount(const Count& count, qint64 wanted)
{
    qint64 best = -1;
    QElapsedTimer sinceProgress;
    for (;;) {
        const auto reached = count();
        if (!reached)
            return tl::unexpected(reached.error());
        if (*reached >= wanted)
            return {};
        if (*reached > best)
            sinceProgress.start();
        best = std::max(best, *reached);
        if (sinceProgress.hasExpired(toMilliseconds(patience)))
            return {};
        if (auto passed = pass(shortPause); !passed)
            return passed;
    }
}

Result<void> SelfTest::pass(Duration time)
{
    if (!m_interrupted && time > 0s) {
        QEventLoop loop;
        connect(this, &SelfTest::interrupted, &loop, &QEventLoop::quit);
        QTimer::singleShot(std::chrono::ceil<std::chrono::milliseconds>(time), Qt::PreciseTimer, &loop,
                           &QEventLoop::quit);
        loop.exec();
    }
    if (m_interrupted)
        return failure(ErrorCode::Internal, tr("Interrupted: there is no result."));
    return {};
}

Result<SystemStatus> SelfTest::status()
{
    return await<SystemStatus>([&](QObject* context, client::Answer<SystemStatus> answer) {
        m_client.status(m_actor, context, std::move(answer));
    });
}

Result<qint64> SelfTest::delivered()
{
    return status().map([](const SystemStatus& status) {
        const auto found = status.messages.find(MessageState::Delivered);
        return found == status.messages.end() ? 0 : found->second;
    });
}

Instant SelfTest::databaseNow() const
{
    return systemNow() + m_clockOffset;
}

} // namespace punctual::ctl
