// SPDX-License-Identifier: GPL-3.0-or-later
// Gets permits for lanes whose destinations have a rate limit, a quota or a circuit breaker, tells the other
// nodes what this one saw of a third party, and hears of it from them.
//
// All lanes that need something go into one call, and one call is under way at a time. A node works out the
// next state of a lane by itself (core/lane_guard.h); if another node was first, it does so again from what
// that one left. Permits are taken for what can leave within the next tenth of a second.
//
// Lives in the node's thread.
#pragma once

#include "core/clock.h"
#include "runtime/lane.h"
#include "runtime/wake_up.h"
#include "store/database_thread.h"
#include "store/lane_queries.h"

#include <QHash>
#include <QObject>

#include <vector>

namespace punctual::runtime
{

class QuotaBroker : public QObject
{
    Q_OBJECT

public:
    QuotaBroker(store::DatabaseThread& thread, store::Loop& home, const Clock& clock,
                QObject* parent = nullptr);

    /// A new lane, or one whose destination has changed. It has to outlive this.
    void follow(Lane& lane);
    /// Nothing of it is sent any more: its destination is gone.
    void forget(const Lane& lane);

    /// An exchange with the third party has ended.
    void observe(Lane& lane, const Exchange& exchange);

    /// The third party said: stop sending here. The destination is paused until a person resumes it.
    void stop(const QString& destination, int status);

    /// Other nodes changed the state of these lanes; of all of them, if none is named.
    void refresh(const QStringList& destinations = {});

    /// Whether messages that are due can be claimed: else none are asked for.
    void setClaiming(bool claiming) { m_claiming = claiming; }

    /// Looks at once whether a lane needs something.
    void runOnce();

Q_SIGNALS:
    /// Something may leave that might not before, or the other way round.
    void changed(punctual::runtime::Lane* lane);
    /// Why nothing is sent to a destination from here; empty: it is.
    void locked(const QString& destination, const QString& reason);

private:
    struct Asked
    {
        Lane* lane;
        std::shared_ptr<const LaneGuard> guard;
        LaneReport report;
        LaneGuard::Answer answer;
        Instant at;
    };

    void noticeClock(Instant now);
    [[nodiscard]] int wantedBy(const Lane& lane, Instant now) const;
    void ask(Lane& lane, Instant now, std::vector<store::LaneUpdate>& updates, std::vector<Asked>& asked);
    void take(const Result<std::vector<store::LaneRow>>& rows, std::vector<Asked> asked);
    void take(const store::LaneRow& row, Asked& asked);
    void arm();

    store::DatabaseThread& m_thread;
    store::Loop& m_home;
    const Clock& m_clock;
    QHash<QString, Lane*> m_lanes;
    WakeUp m_wakeUp;
    Instant m_lastNow;
    Duration m_notBefore{}; // by CLOCK_BOOTTIME: after a failure
    bool m_claiming = false;
    bool m_asking = false;
};

} // namespace punctual::runtime
