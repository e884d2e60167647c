// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/quota_broker.h"

#include "runtime/database_clock.h"

#include <QLoggingCategory>

#include <algorithm>

namespace punctual::runtime
{

using namespace std::chrono_literals;

namespace
{

Q_LOGGING_CATEGORY(logBroker, "punctual.quota")

constexpr Duration tellEvery = 50ms; // news of a lane
constexpr Duration pauseAfterFailure = 250ms;

} // namespace

QuotaBroker::QuotaBroker(store::DatabaseThread& thread, store::Loop& home, const Clock& clock,
                         QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_home(home)
    , m_clock(clock)
    , m_wakeUp(clock)
{
    connect(&m_wakeUp, &WakeUp::due, this, &QuotaBroker::runOnce);
}

void QuotaBroker::follow(Lane& lane)
{
    Gate& gate = lane.gate;
    gate.guard = std::make_shared<const LaneGuard>(*lane.destination);
    const QString& reason = gate.guard->lockedBecause();
    if (!reason.isEmpty())
        qCWarning(logBroker, "Nothing is sent to %ls: %ls", qUtf16Printable(lane.destination->name),
                  qUtf16Printable(reason));
    Q_EMIT locked(lane.destination->name, reason);
    gate.isStale = true;
    gate.close();
    m_lanes.insert(lane.destination->name, &lane);
    runOnce();
}

void QuotaBroker::forget(const Lane& lane)
{
    m_lanes.remove(lane.destination->name);
    Q_EMIT locked(lane.destination->name, {});
}

void QuotaBroker::observe(Lane& lane, const Exchange& exchange)
{
    Gate& gate = lane.gate;
    const LaneReport news =
        LaneGuard::reportOf(exchange, gate.guard && gate.guard->counts(gate.state, exchange));
    if (!news.isNews())
        return;
    const bool first = !gate.news.isNews();
    gate.news.add(news);
    const bool isBad = news.failures > 0 || news.holdUntil; // nothing else shuts a lane
    const bool urgent = isBad && gate.isUrgent(m_clock.now());
    if (urgent) { // whatever the database says
        gate.close();
        Q_EMIT changed(&lane);
    }
    if (first || urgent)
        arm();
}

void QuotaBroker::stop(const QString& destination, int status)
{
    const QString reason = QStringLiteral("It answered with status %1: stop sending here").arg(status);
    m_thread.run(
        m_home, this,
        [destination, reason](store::Connection& connection) {
            return store::stopDestination(connection, destination, reason);
        },
        [destination](const Result<void>& stopped) {
            if (!stopped)
                qCWarning(logBroker, "%ls was not paused: %ls", qUtf16Printable(destination),
                          qUtf16Printable(stopped.error().detail));
        });
}

void QuotaBroker::refresh(const QStringList& destinations)
{
    for (auto* lane : std::as_const(m_lanes))
        if (destinations.join(QString()).isEmpty() || destinations.contains(lane->destination->name))
            lane->gate.isStale = true;
    runOnce();
}

/// What can leave soon and has no permit yet.
int QuotaBroker::wantedBy(const Lane& lane, Instant now) const
{
    const int messages = m_claiming ? lane.unsent() : lane.unsentClaims();
    const int calls = std::min(lane.callsSoon(messages, now), lane.startable(DatabaseClock::sinceBoot()));
    return calls + lane.owedPermits(now) - lane.gate.permits.size();
}

void QuotaBroker::runOnce()
{
    if (m_asking || DatabaseClock::sinceBoot() < m_notBefore)
        return;
    const Instant now = m_clock.now();
    noticeClock(now);
    std::vector<store::LaneUpdate> updates;
    std::vector<Asked> asked;
    for (auto* lane : std::as_const(m_lanes))
        ask(*lane, now, updates, asked);
    if (updates.empty()) {
        arm();
        return;
    }
    m_asking = true;
    m_thread.run(
        m_home, this,
        [updates = std::move(updates)](store::Connection& connection) {
            return store::exchangeLanes(connection, updates);
        },
        [this, asked = std::move(asked)](const Result<std::vector<store::LaneRow>>& rows) mutable {
            m_asking = false;
            take(rows, std::move(asked));
        });
}

/// A clock that was set back: what was worked out by the later one holds no more.
void QuotaBroker::noticeClock(Instant now)
{
    if (now + 1s < m_lastNow)
        for (auto* lane : std::as_const(m_lanes)) {
            lane->gate.permits.clear();
            lane->gate.askAgainAt.reset();
            lane->gate.toldAt = Instant{};
            lane->gate.isStale = true;
            Q_EMIT changed(lane);
        }
    m_lastNow = now;
}

/// Adds the lane to the call if it needs something.
void QuotaBroker::ask(Lane& lane, Instant now, std::vector<store::LaneUpdate>& updates,
                      std::vector<Asked>& asked)
{
    Gate& gate = lane.gate;
    gate.permits.dropExpired(now);
    Asked question{&lane, gate.guard, {}, {}, now};
    if (std::exchange(gate.isStale, false)) {
        updates.push_back({lane.destination->name, LaneState{}, {}}); // only asks
        asked.push_back(std::move(question));
        return;
    }
    if (gate.state.version < 0)
        return; // its row is not there: the destination goes or comes
    if (gate.permits.hasUnused()) {
        const auto unused = gate.permits.takeUnused();
        if (gate.guard->countsUnused())
            gate.news.unused.insert(gate.news.unused.end(), unused.begin(), unused.end());
    }
    const int wanted = gate.permits.isFree() ? 0 : std::max(wantedBy(lane, now), 0);
    // While half of what it needs is there, it need not ask: fewer and larger slices cost less.
    const bool mayWant =
        wanted > 0 && wanted >= gate.permits.size() && (!gate.askAgainAt || *gate.askAgainAt <= now);
    const bool mayTell = gate.news.isNews() && (gate.toldAt + tellEvery <= now || gate.isUrgent(now));
    if (!mayWant && !mayTell)
        return;
    question.report = std::exchange(gate.news, {});
    question.report.outstanding = gate.permits.size() + lane.inFlight;
    question.report.wanted = mayWant ? wanted : 0;
    question.report.connecting = lane.departures.connectTime().needed(now);
    gate.toldAt = now;
    LaneState next = gate.state;
    question.answer = gate.guard->settle(next, question.report, now);
    const auto view = gate.guard->view(next, now);
    updates.push_back({lane.destination->name, std::move(next), view});
    asked.push_back(std::move(question));
}

void QuotaBroker::take(const Result<std::vector<store::LaneRow>>& rows, std::vector<Asked> asked)
{
    if (!rows) {
        qCWarning(logBroker, "No permits: %ls", qUtf16Printable(rows.error().detail));
        for (auto& question : asked) {
            // It may have been written: what there is has to be read. A failure that is told twice does less
            // harm than one that is not told; what was not used must not come back twice.
            question.lane->gate.isStale = true;
            question.report.unused.clear();
            question.report.add(question.lane->gate.news);
            question.lane->gate.news = std::move(question.report);
        }
        m_notBefore = DatabaseClock::sinceBoot() + pauseAfterFailure;
        m_wakeUp.at(m_clock.now() + pauseAfterFailure);
        return;
    }
    QHash<QString, const store::LaneRow*> byName;
    for (const auto& row : *rows)
        byName.insert(row.destination, &row);
    for (auto& question : asked)
        if (const auto* row = byName.value(question.lane->destination->name))
            take(*row, question);
    runOnce();
}

void QuotaBroker::take(const store::LaneRow& row, Asked& asked)
{
    Gate& gate = asked.lane->gate;
    if (gate.guard != asked.guard) { // the destination has changed meanwhile
        gate.isStale = true;
        if (!row.written) { // what was seen has still to be told
            asked.report.unused.clear();
            asked.report.wanted = 0;
            asked.report.add(gate.news);
            gate.news = std::move(asked.report);
        }
        return;
    }
    const Instant now = m_clock.now();
    const bool wasFree = gate.permits.isFree();
    gate.state = row.state;
    if (row.written) {
        gate.permits.add(asked.answer.grant, asked.at);
        gate.permits.setFree(asked.answer.free);
        if (asked.report.wanted > 0 || asked.answer.askAgainAt) {
            gate.askAgainAt = asked.answer.askAgainAt;
            gate.spare = asked.answer.spare;
        }
    } else {
        gate.permits.setFree(gate.guard->isFree(gate.state, now));
        gate.askAgainAt.reset();
        gate.spare = 0;
        asked.report.add(gate.news);
        gate.news = std::move(asked.report);
        gate.news.wanted = 0;
    }
    // What was seen since then counts as well.
    if (gate.isUrgent(now) || gate.guard->isShut(gate.state, now))
        gate.close();
    if (!row.written || wasFree != gate.permits.isFree() || asked.answer.grant.permits > 0)
        Q_EMIT changed(asked.lane);
}

/// For the lane that has something to tell or may ask first.
void QuotaBroker::arm()
{
    if (m_asking)
        return;
    const Instant now = m_clock.now();
    std::optional<Instant> next;
    const auto consider = [&](Instant time) { next = next ? std::min(*next, time) : time; };
    for (const auto* lane : std::as_const(m_lanes)) {
        const Gate& gate = lane->gate;
        if (gate.news.isNews())
            consider(gate.isUrgent(now) ? now : gate.toldAt + tellEvery);
        if (gate.askAgainAt && *gate.askAgainAt > now && !gate.permits.isFree() &&
            (lane->unsent() > 0 || lane->owedPermits(now) > 0))
            consider(*gate.askAgainAt);
        if (const auto call = lane->callAt(now);
            call && *call - Lane::claimLead > now && !gate.permits.isFree())
            consider(*call - Lane::claimLead);
        if (const auto expiry = lane->departures.expiry(now); expiry)
            consider(*expiry + 1ms);
        if (const auto expiry = gate.permits.expiry(); expiry && gate.guard->countsUnused())
            consider(*expiry + 1ms);
    }
    m_wakeUp.at(next);
}

} // namespace punctual::runtime
