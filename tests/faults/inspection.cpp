// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspection.h"

#include "core/attempt.h"
#include "core/uuid_v7.h"
#include "store/row.h"

#include <algorithm>

namespace punctual::test
{

using namespace Qt::StringLiterals;

namespace
{

struct Try
{
    int number = 0;
    QString outcome;
    int status = 0;
    bool cutOff = false; // its node did not live to record an outcome
};

/// By the database's clock.
struct Claimed
{
    Instant planned;
    Instant at;
};

/// So long ahead a message may be claimed, and not be sent.
constexpr Duration mostAhead = std::chrono::milliseconds(25);

struct Stored
{
    int copies = 0;
    QString state;
    int attempts = 0;
    int maxAttempts = 0;
    QByteArray body;
    std::vector<Try> tries;
    std::vector<std::pair<QString, QString>> moves;
    std::vector<Claimed> claims; // an attempt each
    std::vector<ReceivedRequest> arrivals;

    /// A person said what it is, not an attempt.
    [[nodiscard]] bool isResolved() const { return !moves.empty() && moves.back().first == u"unknown"; }
};

class Inspector
{
public:
    Inspector(store::Connection& connection, const Allowances& allowances)
        : m_connection(connection)
        , m_allowances(allowances)
    {
        readMessages();
        readAttempts();
        readMoves();
    }

    void take(const std::vector<ReceivedRequest>& requests)
    {
        for (const auto& request : requests) {
            const auto found =
                m_stored.find(QUuid::fromString(QLatin1StringView(request.header("Idempotency-Key"))));
            if (found == m_stored.end())
                complain(u"something arrived that nobody stored"_s);
            else
                found->second.arrivals.push_back(request);
        }
    }

    void check(const MessageId& id, const Ledger::Entry& entry)
    {
        m_id = id;
        const auto found = m_stored.find(id);
        if (found == m_stored.end())
            return complain(u"is lost"_s);
        const Stored& stored = found->second;
        if (stored.copies != 1)
            complain(u"is stored %1 times"_s.arg(stored.copies));
        checkMoves(stored);
        checkTries(stored, entry);
        checkArrivals(stored, entry);
        checkCancel(stored, entry);
        count(stored);
    }

    void checkCounters();
    Inspected result;

private:
    void readMessages();
    void readAttempts();
    void readMoves();
    void checkMoves(const Stored& stored);
    void checkTries(const Stored& stored, const Ledger::Entry& entry);
    void checkArrivals(const Stored& stored, const Ledger::Entry& entry);
    void checkTime(const Claimed& claim, Instant arrivedAt);
    void checkCancel(const Stored& stored, const Ledger::Entry& entry);
    void count(const Stored& stored);
    void select(const QString& sql, const store::Connection::RowReader& row);
    void complain(const QString& text);

    store::Connection& m_connection;
    Allowances m_allowances;
    std::map<MessageId, Stored> m_stored;
    MessageId m_id; // of the message that is looked at
};

void Inspector::select(const QString& sql, const store::Connection::RowReader& row)
{
    if (const auto read = m_connection.select(sql, {}, row); !read)
        result.problems.append(read.error().detail);
}

void Inspector::complain(const QString& text)
{
    result.problems.append((m_id.isNull() ? QString() : toText(m_id) + u' ') + text);
}

void Inspector::readMessages()
{
    select(u"SELECT id, state, attempts, max_attempts, body FROM punctual.messages"_s,
           [&](const QSqlQuery& row) {
               Stored& stored = m_stored[store::uuidAt(row, 0)];
               ++stored.copies;
               stored.state = row.value(1).toString();
               stored.attempts = row.value(2).toInt();
               stored.maxAttempts = row.value(3).toInt();
               stored.body = row.value(4).toByteArray();
           });
}

void Inspector::readAttempts()
{
    select(u"SELECT message_id, number, outcome, status, "
           "coalesce(error, '') = 'its node ended before it recorded an outcome' "
           "FROM punctual.attempts ORDER BY message_id, number"_s,
           [&](const QSqlQuery& row) {
               m_stored[store::uuidAt(row, 0)].tries.push_back({row.value(1).toInt(), row.value(2).toString(),
                                                                row.value(3).toInt(), row.value(4).toBool()});
           });
}

void Inspector::readMoves()
{
    select(
        u"SELECT id, before, after, punctual.micros(planned), punctual.micros(at) FROM transitions ORDER BY n"_s,
        [&](const QSqlQuery& row) {
            Stored& stored = m_stored[store::uuidAt(row, 0)];
            stored.moves.emplace_back(row.value(1).toString(), row.value(2).toString());
            if (row.value(2).toString() == u"delivering")
                stored.claims.push_back({store::instantAt(row, 3), store::instantAt(row, 4)});
        });
}

void Inspector::checkMoves(const Stored& stored)
{
    QString state = u"scheduled"_s;
    for (const auto& [before, after] : stored.moves) {
        const auto from = parseMessageState(before);
        const auto to = parseMessageState(after);
        if (before != state)
            complain(u"moved from %1 and was %2"_s.arg(before, state));
        if (!from || !to || !mayMove(*from, *to))
            complain(u"moved from %1 to %2, which is no arrow"_s.arg(before, after));
        state = after;
    }
    for (const auto& claim : stored.claims)
        if (claim.planned - claim.at > mostAhead)
            complain(u"was claimed %1 us before it was due"_s.arg((claim.planned - claim.at).count()));
    if (stored.state != state)
        complain(u"is %1 and was last seen to become %2"_s.arg(stored.state, state));
    const auto last = parseMessageState(stored.state);
    if (!last || !isFinal(*last))
        complain(u"is still %1"_s.arg(stored.state));
}

void Inspector::checkTries(const Stored& stored, const Ledger::Entry& entry)
{
    int cutOff = 0;
    for (std::size_t i = 0; i < stored.tries.size(); ++i) {
        const Try& one = stored.tries[i];
        const bool last = i + 1 == stored.tries.size();
        if (one.number != static_cast<int>(i) + 1)
            complain(u"lacks attempt %1"_s.arg(i + 1));
        if (!last && (one.outcome == u"delivered" || one.outcome == u"refused"))
            complain(u"was tried again after attempt %1 was %2"_s.arg(one.number).arg(one.outcome));
        cutOff += one.cutOff ? 1 : 0;
    }
    if (static_cast<int>(stored.tries.size()) != stored.attempts)
        complain(u"has %1 rows for %2 attempts"_s.arg(stored.tries.size()).arg(stored.attempts));
    if (cutOff > entry.cutOff)
        complain(
            u"has %1 attempts without an outcome and was cut off %2 times"_s.arg(cutOff).arg(entry.cutOff));
    if (stored.isResolved())
        return; // a person decided
    const QString outcome = stored.tries.empty() ? QString() : stored.tries.back().outcome;
    if (stored.state == u"delivered" && outcome != u"delivered")
        complain(u"is delivered by an attempt that was '%1'"_s.arg(outcome));
    if (stored.state != u"delivered" && outcome == u"delivered")
        complain(u"is %1 and its attempt was delivered"_s.arg(stored.state));
    if (stored.state == u"dead" && outcome != u"refused" && stored.attempts < stored.maxAttempts)
        complain(u"was given up after %1 attempts of %2"_s.arg(stored.attempts).arg(stored.maxAttempts));
}

void Inspector::checkArrivals(const Stored& stored, const Ledger::Entry& entry)
{
    std::vector<int> numbers;
    for (const auto& request : stored.arrivals) {
        const int number = request.header("Punctual-Attempt").toInt();
        if (number < 1 || number > static_cast<int>(stored.tries.size()))
            complain(u"arrived as attempt %1, which nobody knows"_s.arg(number));
        else if (stored.tries[static_cast<std::size_t>(number) - 1].outcome == u"delivered" &&
                 stored.state != u"delivered")
            complain(u"arrived and is %1"_s.arg(stored.state));
        if (std::find(numbers.begin(), numbers.end(), number) != numbers.end() &&
            !m_allowances.repeatedAttempts)
            complain(u"arrived twice as attempt %1"_s.arg(number));
        numbers.push_back(number);
        if (number >= 1 && number <= static_cast<int>(stored.claims.size()))
            checkTime(stored.claims[static_cast<std::size_t>(number) - 1], request.arrivedAt);
        if (request.body != stored.body || request.body != entry.body)
            complain(u"arrived with other bytes than were stored"_s);
    }
    const int last = stored.tries.empty() ? 0 : stored.tries.back().number;
    if (stored.state == u"delivered" && !stored.isResolved() &&
        std::find(numbers.begin(), numbers.end(), last) == numbers.end())
        complain(u"is delivered and its last attempt has never arrived"_s);
}

void Inspector::checkTime(const Claimed& claim, Instant arrivedAt)
{
    const auto* clock = m_allowances.clock;
    const Instant shown = clock != nullptr ? clock->latestSince(claim.at, arrivedAt) : arrivedAt;
    if (shown < claim.planned)
        complain(u"arrived %1 us before it was due"_s.arg((claim.planned - shown).count()));
}

void Inspector::checkCancel(const Stored& stored, const Ledger::Entry& entry)
{
    if (entry.cancelledAt && stored.state != u"cancelled")
        complain(u"was cancelled and is %1"_s.arg(stored.state));
    if (stored.state == u"cancelled" && !entry.cancelledAt && !entry.mayBeCancelled)
        complain(u"is cancelled and nobody had asked for it"_s);
    for (const auto& request : stored.arrivals)
        if (entry.cancelledAt && request.arrivedAt > *entry.cancelledAt)
            complain(u"arrived after it had been cancelled"_s);
}

void Inspector::count(const Stored& stored)
{
    result.delivered += stored.state == u"delivered" ? 1 : 0;
    result.cancelled += stored.state == u"cancelled" ? 1 : 0;
    result.surplus += std::max(static_cast<int>(stored.arrivals.size()) - 1, 0);
}

void Inspector::checkCounters()
{
    m_id = {};
    select(u"WITH counted AS ("
           "    SELECT destination, state, sum(n) AS n FROM ("
           "        SELECT destination, state, count AS n FROM punctual.counters"
           "        UNION ALL SELECT destination, state, change FROM punctual.counter_changes) AS c"
           "    GROUP BY 1, 2"
           "), there AS ("
           "    SELECT destination, state, count(*) AS n FROM punctual.messages GROUP BY 1, 2"
           ") "
           "SELECT destination, state, coalesce(c.n, 0), coalesce(t.n, 0) "
           "FROM counted c FULL JOIN there t USING (destination, state) "
           "WHERE coalesce(c.n, 0) <> coalesce(t.n, 0)"_s,
           [&](const QSqlQuery& row) {
               complain(u"the counters say %3 of %1 are %2, and there are %4"_s.arg(
                   row.value(0).toString(), row.value(1).toString(), row.value(2).toString(),
                   row.value(3).toString()));
           });
}

} // namespace

Inspected inspect(store::Connection& connection, const Ledger& ledger,
                  const std::vector<const Receiver*>& receivers, const Allowances& allowances)
{
    Inspector inspector(connection, allowances);
    for (const auto* receiver : receivers)
        inspector.take(receiver->requests());
    for (const auto& [id, entry] : ledger.entries())
        inspector.check(id, entry);
    inspector.checkCounters();
    qInfo("%zu messages: %d delivered, %d cancelled, %d arrivals of what had arrived before",
          ledger.entries().size(), inspector.result.delivered, inspector.result.cancelled,
          inspector.result.surplus);
    return inspector.result;
}

QStringList problemsAtTheEnd(Scene& scene, const Receiver& receiver, int inFlight,
                             const Allowances& allowances)
{
    const bool clean = scene.stopServers();
    const auto inspected = inspect(scene.connection, scene.ledger, {&receiver}, allowances);
    QStringList problems = inspected.problems + undelivered(scene.connection);
    if (!clean)
        problems.append(u"a server did not end as it was asked to"_s);
    if (inspected.surplus > inFlight)
        problems.append(u"%1 arrived twice and %2 were in flight"_s.arg(inspected.surplus).arg(inFlight));
    return problems;
}

QStringList undelivered(store::Connection& connection)
{
    QStringList left;
    const auto read = connection.select(
        u"SELECT id, state FROM punctual.messages WHERE state NOT IN ('delivered', 'cancelled')"_s, {},
        [&](const QSqlQuery& row) { left.append(row.value(0).toString() + u' ' + row.value(1).toString()); });
    if (!read)
        left.append(read.error().detail);
    return left;
}

} // namespace punctual::test
