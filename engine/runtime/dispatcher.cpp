// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/dispatcher.h"

#include <QLoggingCategory>

#include <algorithm>

namespace punctual::runtime
{

using namespace std::chrono_literals;

namespace
{

Q_LOGGING_CATEGORY(logDispatcher, "punctual.dispatch")

constexpr std::size_t largestClaim = 500;
constexpr std::size_t turnOfALane = 16;       // messages a lane adds to a claim before the next lane may
constexpr std::size_t mostUnwritten = 20'000; // outcomes; claiming waits beyond it
constexpr auto pauseAfterFailure = 250ms;
constexpr Duration pauseOfGivingBack = 1s;

} // namespace

Dispatcher::Dispatcher(store::DatabaseThread& thread, store::Loop& home, DatabaseClock& clock,
                       const ShardKeeper& keeper, const DestinationBook& book, const OutcomeWriter& writer,
                       Sender& sender, QuotaBroker& broker, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_home(home)
    , m_clock(clock)
    , m_keeper(keeper)
    , m_book(book)
    , m_writer(writer)
    , m_sender(sender)
    , m_broker(broker)
    , m_wakeUp(clock)
{
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, this, &Dispatcher::turn);
    connect(&m_wakeUp, &WakeUp::due, this, &Dispatcher::turn);
    connect(&book, &DestinationBook::changed, this, &Dispatcher::followDestinations);
    connect(&keeper, &ShardKeeper::renewed, this, &Dispatcher::wake);
    connect(&writer, &OutcomeWriter::wrote, this, &Dispatcher::wake);
    connect(&sender, &Sender::ended, this, &Dispatcher::wake);
    connect(&sender, &Sender::observed, &broker, &QuotaBroker::observe);
    connect(&sender, &Sender::starved, this, &Dispatcher::wake);
    connect(&sender, &Sender::stopped, &broker, &QuotaBroker::stop);
    connect(&broker, &QuotaBroker::changed, this, [this](Lane* lane) { followGate(*lane); });
    connect(&sender, &Sender::outdated, this, [this](const MessageId& id) {
        m_unused.insert(id);
        wake();
    });
}

void Dispatcher::followDestinations()
{
    for (const auto& entry : m_book.entries()) {
        const auto [lane, isNew] = m_lanes.try_emplace(entry->name, entry);
        if (isNew || std::exchange(lane->second.destination, entry) != entry)
            m_broker.follow(lane->second);
    }
    for (auto& [name, lane] : m_lanes) {
        const bool isGone = !m_book.entries().contains(name);
        if (isGone)
            m_broker.forget(lane);
        if (isGone || lane.destination->isPaused(m_clock.now()))
            dropLane(lane);
    }
    wake();
}

/// Permits came, or none will for a while: what is claimed is sent, or given back so that it can be
/// cancelled.
void Dispatcher::followGate(Lane& lane)
{
    lane.awaitedAt.reset();
    if (lane.gate.isShut(m_clock.now()))
        m_sender.giveUp(lane);
    else
        m_sender.pump(lane);
    wake();
}

/// What waits in the lane is forgotten; what is still in the buckets is forgotten when its time comes.
void Dispatcher::dropLane(Lane& lane)
{
    for (const auto priority : allPriorities)
        lane.stockOf(priority).held -= static_cast<int>(lane.due.size(priority));
    while (const auto due = lane.due.take())
        if (isHeld(due->id, due->ticket))
            m_held.remove(due->id);
    m_sender.giveUp(lane);
}

bool Dispatcher::isHeld(const MessageId& id, quint64 ticket) const
{
    const auto held = m_held.constFind(id);
    return held != m_held.constEnd() && held->ticket == ticket;
}

void Dispatcher::wake()
{
    if (!m_turn.isActive())
        m_turn.start(0ms);
}

void Dispatcher::stop()
{
    m_stopping = true;
    wake();
}

void Dispatcher::appendClaims(std::vector<MessageId>& ids) const
{
    ids.insert(ids.end(), m_asked.keyBegin(), m_asked.keyEnd());
    ids.insert(ids.end(), m_unused.cbegin(), m_unused.cend());
    ids.insert(ids.end(), m_sender.claims().begin(), m_sender.claims().end());
}

void Dispatcher::turn()
{
    moveDue();
    giveBackUnused();
    m_broker.setClaiming(!m_stopping && m_keeper.holdsLease() && m_writer.size() < mostUnwritten);
    m_broker.runOnce();
    claimNext();
    arm();
    if (m_stopping && !m_claiming && m_unused.isEmpty() && m_sender.claims().isEmpty())
        Q_EMIT idle();
}

void Dispatcher::moveDue()
{
    const Instant now = m_clock.now();
    for (const auto& entry : m_buckets.take(now + m_ahead.ahead())) {
        if (!isHeld(entry.id, entry.ticket))
            continue;
        if (!m_wantedAt)
            m_wantedAt = DatabaseClock::sinceBoot();
        if (entry.lane->destination->isPaused(now)) {
            m_held.remove(entry.id);
            --entry.lane->stockOf(entry.priority).held;
        } else {
            Journey journey(entry.due);
            journey.reach(LatenessPart::Prefetch, entry.knownAt);
            journey.reach(LatenessPart::Bucket, now);
            entry.lane->due.add(entry.priority, entry.due, {entry.id, entry.ticket, entry.priority, journey});
            m_held[entry.id].due = Instant::min(); // no time is earlier than now
        }
    }
}

bool Dispatcher::mayClaim() const
{
    return !m_claiming && !m_stopping && m_keeper.holdsLease() && m_writer.size() < mostUnwritten;
}

void Dispatcher::claimNext()
{
    if (m_claiming)
        return;
    std::vector<MessageId> ids;
    if (mayClaim())
        collect(ids);
    if (ids.empty()) {
        m_wantedAt.reset(); // what waits for a slot or for the database does not wait for a claim
        return;
    }
    m_claiming = true;
    const auto node = m_keeper.node();
    const Duration wantedAt = std::exchange(m_wantedAt, {}).value_or(DatabaseClock::sinceBoot());
    m_thread.run(
        m_home, this,
        [node, ids = std::move(ids)](store::Connection& connection) {
            const Duration askedAt = DatabaseClock::sinceBoot();
            // What is asked for was near enough when it left its bucket; `ahead` may have shrunk since.
            return store::claim(connection, node, ids, ClaimAhead::most)
                .map([&](std::vector<store::Claim> claims) {
                    return Answer{std::move(claims), askedAt, DatabaseClock::sinceBoot()};
                });
        },
        [this, node, wantedAt](Result<Answer> answer) {
            takeClaims(std::move(answer), node, DatabaseClock::sinceBoot() - wantedAt);
        });
}

/// Fills a claim, lane by lane in turns, so that a destination with much to send does not hold up another.
void Dispatcher::collect(std::vector<MessageId>& ids)
{
    std::vector<Lane*> open;
    const Duration now = DatabaseClock::sinceBoot();
    for (auto& [name, lane] : m_lanes)
        if (!lane.due.empty() && lane.claimable(m_ahead.roundTrip(), now, m_clock.now()) > 0)
            open.push_back(&lane);
    const auto next = std::find_if(open.begin(), open.end(),
                                   [&](const Lane* lane) { return lane->destination->name > m_lastLane; });
    std::rotate(open.begin(), next, open.end());
    while (!open.empty() && ids.size() < largestClaim) {
        for (auto*& lane : open) {
            m_lastLane = lane->destination->name;
            if (!takeTurn(*lane, ids))
                lane = nullptr;
        }
        std::erase(open, nullptr);
    }
}

/// Adds a few messages of a lane; gives whether it could add more.
bool Dispatcher::takeTurn(Lane& lane, std::vector<MessageId>& ids)
{
    const Instant now = m_clock.now();
    const auto part = lane.lacksPermits() ? LatenessPart::Quota : LatenessPart::Slot; // what it waited for
    const auto claimable = [&] {
        return static_cast<std::size_t>(
            std::max(lane.claimable(m_ahead.roundTrip(), DatabaseClock::sinceBoot(), now), 0));
    };
    const std::size_t room =
        std::min<std::size_t>({claimable(), turnOfALane, largestClaim - ids.size(), lane.due.size()});
    for (std::size_t i = 0; i < room; ++i) {
        auto due = *lane.due.take();
        if (isHeld(due.id, due.ticket)) {
            m_held.remove(due.id);
            due.journey.reach(part, now);
            m_asked.insert(due.id, {&lane, due.journey, ids.size()});
            ++lane.claiming;
            ids.push_back(due.id);
        }
        Stock& stock = lane.stockOf(due.priority);
        if (--stock.held < stock.most / Stock::refillBelow && stock.hasMore)
            askForMore(stock);
    }
    return !lane.due.empty() && claimable() > 0;
}

void Dispatcher::takeClaims(Result<Answer> answer, const store::NodeKey& node, Duration roundTrip)
{
    m_claiming = false;
    const auto asked = std::exchange(m_asked, {});
    for (const auto& one : asked)
        --one.lane->claiming;
    // Another node's, changed or gone, or too much at once; the read-ahead shows what is still to be sent.
    if (answer && answer->claims.size() < static_cast<std::size_t>(asked.size()))
        for (const auto& one : asked)
            for (auto& stock : one.lane->stocks)
                askForMore(stock);
    if (answer) {
        m_ahead.observe(roundTrip);
        if (!answer->claims.empty())
            m_clock.correct(answer->claims.front().claimedAt, answer->askedAt, answer->answeredAt);
        const Instant now = m_clock.now();
        QSet<Lane*> lanes;
        std::vector<store::Claim*> inOrder(
            static_cast<std::size_t>(asked.size())); // the lane's, not the answer's
        for (auto& claim : answer->claims)
            inOrder[asked.constFind(claim.id)->place] = &claim;
        std::erase(inOrder, nullptr);
        for (auto* claim : inOrder) {
            const auto found = asked.constFind(claim->id);
            Journey journey = found->journey;
            journey.reach(LatenessPart::Claim, now);
            if (claim->attempt == 1 && claim->dueAt < claim->plannedAt)
                journey.add(LatenessPart::Order, claim->plannedAt - claim->dueAt);
            m_sender.take(*found->lane, {std::move(*claim), node, journey});
            lanes.insert(found->lane);
        }
        turn(); // the database works on the next claim while these are sent
        for (auto* lane : std::as_const(lanes))
            m_sender.pump(*lane);
    } else {
        qCWarning(logDispatcher, "Nothing claimed: %ls", qUtf16Printable(answer.error().detail));
        for (auto id = asked.keyBegin(); id != asked.keyEnd(); ++id)
            m_unused.insert(*id);
        m_turn.start(pauseAfterFailure);
    }
}

/// A claim may have been done although its answer got lost, and one that came too late is not used. Nothing
/// of them has been sent.
void Dispatcher::giveBackUnused()
{
    if (m_unused.isEmpty() || m_claiming || DatabaseClock::sinceBoot() < m_giveBackNotBefore)
        return;
    m_claiming = true;
    m_thread.run(
        m_home, this,
        [node = m_keeper.node(), ids = std::vector<MessageId>(m_unused.cbegin(), m_unused.cend())](
            store::Connection& connection) { return std::pair(store::giveBack(connection, node, ids), ids); },
        [this](const std::pair<Result<int>, std::vector<MessageId>>& answer) {
            m_claiming = false;
            const auto& [givenBack, asked] = answer;
            if (!givenBack && !m_stopping) { // somebody holds one of them, or the database is away
                m_giveBackNotBefore = DatabaseClock::sinceBoot() + pauseOfGivingBack;
                wake(); // what is not among them can be claimed
                return;
            }
            // At the end one try is enough: other nodes find them by themselves.
            for (const auto& id : asked)
                m_unused.remove(id);
            if (givenBack && *givenBack > 0)
                qCWarning(logDispatcher, "%d claims were not used and given back", *givenBack);
            Q_EMIT gaveBack();
            wake();
        });
}

void Dispatcher::arm()
{
    auto next = m_buckets.nextDue();
    if (next)
        *next -= m_ahead.ahead();
    const Instant now = m_clock.now();
    for (const auto& [name, lane] : m_lanes) { // what is due and waits for a permit that comes later
        const auto permit =
            lane.due.empty() || lane.gate.permits.isFree() ? std::nullopt : lane.gate.permits.next();
        if (permit && *permit - Lane::claimLead > now && (!next || *permit - Lane::claimLead < *next))
            next = *permit - Lane::claimLead;
    }
    m_wakeUp.at(next);
}

} // namespace punctual::runtime
