// SPDX-License-Identifier: GPL-3.0-or-later
// Brings messages from the read-ahead to the sender: timer buckets until they are (almost) due, a lane a
// destination until they may go, then one claim for all of them.
//
// One claim is under way at a time; what becomes due meanwhile goes into the next, so that batches grow with
// the load. What a claim does not bring back (cancelled, rescheduled, another node's) is forgotten; if it is
// still to be sent, the read-ahead brings it again. A claim that had no answer may have been done: it is
// given back before the next one.
//
// Lives in the node's thread.
#pragma once

#include "core/timer_buckets.h"
#include "runtime/claim_ahead.h"
#include "runtime/destination_book.h"
#include "runtime/lane.h"
#include "runtime/quota_broker.h"
#include "runtime/sender.h"
#include "runtime/shard_keeper.h"
#include "runtime/wake_up.h"

#include <QHash>
#include <QObject>

#include <map>
#include <vector>

namespace punctual::runtime
{

class Dispatcher : public QObject
{
    Q_OBJECT

public:
    /// How far ahead messages are held. The database wakes the nodes for what is due within 5 s; later
    /// messages are found by polling in time.
    static constexpr Duration horizon = std::chrono::seconds(4);

    Dispatcher(store::DatabaseThread& thread, store::Loop& home, DatabaseClock& clock,
               const ShardKeeper& keeper, const DestinationBook& book, const OutcomeWriter& writer,
               Sender& sender, QuotaBroker& broker, QObject* parent = nullptr);

    /// Of which lanes the read-ahead should ask: those that run low, or every one that may send.
    enum class Reach { Low, All };
    /// What it should ask for, with what each can hold.
    [[nodiscard]] std::vector<store::LaneRoom> rooms(Reach reach);
    /// The answer to that question. Messages that are held already are passed over.
    void add(const std::vector<store::LaneRoom>& rooms, const std::vector<store::Waiting>& waiting);

    /// One message that the read-ahead has not brought yet. False: the read-ahead has to tell.
    [[nodiscard]] bool add(const store::DueSoon& message);

    /// Looks again at what may go, at the next turn of the event loop.
    void wake();

    /// No more claims; those under way go on. `idle` comes when nothing is claimed any more.
    void stop();

    /// Ids of claims, asked for, held or to be given back, that have no outcome yet.
    void appendClaims(std::vector<MessageId>& ids) const;

Q_SIGNALS:
    /// A lane runs low and the database has more for it.
    void hungry();
    /// Messages of any lane went back to the database.
    void gaveBack();
    void idle();

private:
    struct Entry
    {
        MessageId id;
        quint64 ticket;
        Lane* lane;
        Priority priority;
        Instant due;
        Instant knownAt;
    };
    /// A message that is moved to an earlier time or another priority gets another ticket: the old one counts
    /// no more.
    struct Held
    {
        Instant due;
        quint64 ticket;
        Priority priority;
    };
    struct Answer
    {
        std::vector<store::Claim> claims;
        Duration askedAt; // by CLOCK_BOOTTIME, as the next
        Duration answeredAt;
    };
    struct Asked
    {
        Lane* lane;
        Journey journey;
        std::size_t place; // in the claim
    };

    void followDestinations();
    void hold(Lane& lane, Priority priority, const MessageId& id, Instant due, Instant now);
    void dropLane(Lane& lane);
    void followGate(Lane& lane);
    [[nodiscard]] bool isHeld(const MessageId& id, quint64 ticket) const;
    void turn();
    void moveDue();
    void claimNext();
    void giveBackUnused();
    [[nodiscard]] bool mayClaim() const;
    void collect(std::vector<MessageId>& ids);
    [[nodiscard]] bool takeTurn(Lane& lane, std::vector<MessageId>& ids);
    void askForMore(Stock& stock);
    void takeClaims(Result<Answer> answer, const store::NodeKey& node, Duration roundTrip);
    void arm();

    store::DatabaseThread& m_thread;
    store::Loop& m_home;
    DatabaseClock& m_clock; // every claim shows whether it is still right
    const ShardKeeper& m_keeper;
    const DestinationBook& m_book;
    const OutcomeWriter& m_writer;
    Sender& m_sender;
    QuotaBroker& m_broker;
    std::map<QString, Lane> m_lanes; // never shrinks: claims point into it
    QString m_lastLane;              // the first one of the next round comes after it
    TimerBuckets<Entry> m_buckets;
    QHash<MessageId, Held> m_held; // in buckets and lanes
    quint64 m_tickets = 0;
    QHash<MessageId, Asked> m_asked; // by the claim that is under way
    int m_roomOfABusyLane = 0;       // as last reckoned
    Duration m_giveBackNotBefore{};  // by CLOCK_BOOTTIME
    QSet<MessageId> m_unused;        // asked for by a claim that failed, or claimed and too late
    ClaimAhead m_ahead;
    std::optional<Duration>
        m_wantedAt; // since when a claim is wanted: maybe before the last one was answered
    WakeUp m_wakeUp;
    QTimer m_turn;           // of the event loop: many changes, one look
    bool m_claiming = false; // or giving back: one call at a time
    bool m_stopping = false;
};

} // namespace punctual::runtime
