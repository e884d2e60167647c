// SPDX-License-Identifier: GPL-3.0-or-later
// What one caller of GET /v1/events gets: server-sent events (HTML standard, section 9.2) of the changes that
// pass his filter.
//
// Sets of changes are shared by all callers and written out only when the connection takes more; so a slow
// caller costs a few pointers until he is cut off, because he is too far behind. He may come back with the id
// of the last event that he got.
#pragma once

#include "api/body_stream.h"
#include "core/change_set.h"

#include <QByteArray>
#include <QSet>

#include <deque>
#include <memory>

namespace punctual::api
{

struct EventFilter
{
    QSet<QString> destinations; // empty: all
    QSet<MessageState> states;  // empty: all

    [[nodiscard]] bool passes(const ChangeSet& set) const
    {
        return (destinations.isEmpty() || destinations.contains(set.destination)) &&
               (states.isEmpty() || states.contains(set.state));
    }
};

class EventStream : public BodyStream
{
    Q_OBJECT

public:
    /// How many changes may wait for a caller.
    static constexpr qint64 mostBehind = 50'000;

    explicit EventStream(EventFilter filter);

    [[nodiscard]] qsizetype read(char* bytes, qsizetype size) override;

    /// What is behind `after` of a set, if it passes the filter.
    void add(std::shared_ptr<const ChangeSet> set, const ChangePlace& after);
    /// Tells that he has seen all up to a place, which is also a sign of life.
    void beat(const ChangePlace& place);
    /// Tells where he begins, and that he missed something for good.
    void begin(const ChangePlace& place, bool hasGap);

    /// How many changes wait for him.
    [[nodiscard]] qint64 behind() const { return m_waiting; }

Q_SIGNALS:
    /// Nothing waits for him any more.
    void drained();

private:
    struct Part
    {
        std::shared_ptr<const ChangeSet> set;
        qint64 next = 0; // of its ids
    };

    void writeNext();

    EventFilter m_filter;
    std::deque<Part> m_parts;
    qint64 m_waiting = 0; // changes in the parts
    QByteArray m_text;    // written out; read up to m_read
    qsizetype m_read = 0;
};

} // namespace punctual::api
