// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/event_hub.h"

#include <algorithm>

namespace punctual::api
{

using namespace std::chrono_literals;

namespace
{

constexpr int setsAtOnce = 20;

ChangePlace endOf(const std::vector<ChangeSet>& sets, const ChangePlace& place)
{
    return sets.empty() ? place : std::max(place, sets.back().end());
}

} // namespace

EventHub::EventHub(const DatabaseAddress& database, std::chrono::milliseconds heartbeat)
    : m_reader(database)
{
    m_poll.setInterval(250ms);
    m_heart.setInterval(heartbeat);
    m_keep.setInterval(1min);
    connect(&m_poll, &QTimer::timeout, this, &EventHub::readOn);
    connect(&m_heart, &QTimer::timeout, this, &EventHub::beat);
    connect(&m_keep, &QTimer::timeout, this, [this] { m_reader.follow(this, [](const auto&) {}); });
    connect(&m_reader, &client::ChangeReader::woken, this, &EventHub::readOn);
}

void EventHub::open(const EventFilter& filter, std::optional<ChangePlace> after, QObject* context,
                    CheckRight mayListen, std::function<void(Result<std::shared_ptr<EventStream>>)> opened)
{
    m_reader.follow(context, [this, filter, after, context, mayListen = std::move(mayListen),
                              opened = std::move(opened)](const Result<ChangeStart>& start) {
        if (start)
            admit(*start, filter, after, context, mayListen, opened);
        else
            opened(tl::unexpected(start.error()));
    });
}

void EventHub::admit(const ChangeStart& start, const EventFilter& filter, std::optional<ChangePlace> after,
                     QObject* context, CheckRight mayListen,
                     const std::function<void(Result<std::shared_ptr<EventStream>>)>& opened)
{
    if (m_callers.empty()) {
        m_place = start.now;
        m_poll.start();
        m_heart.start();
        m_keep.start();
        m_reader.setListening(true);
    }
    const auto stream = std::make_shared<EventStream>(filter);
    // A place that is ahead of everything is that of another cluster.
    const bool isGap = after && (*after < start.complete || *after > start.now);
    if (!after || isGap)
        stream->begin(start.now, isGap);
    auto& caller = m_callers.emplace_back(
        Caller{stream, context, std::move(mayListen), after && !isGap ? *after : start.now, after && !isGap});
    const EventStream* key = stream.get();
    connect(context, &QObject::destroyed, this, [this, key] { leave(key); });
    if (caller.isCatchingUp) {
        connect(
            stream.get(), &EventStream::drained, this,
            [this, key] {
                if (auto* slow = find(key))
                    catchUp(*slow);
            },
            Qt::QueuedConnection);
        catchUp(caller);
    }
    opened(stream);
}

void EventHub::leave(const EventStream* stream)
{
    m_callers.remove_if([stream](const Caller& caller) { return caller.stream.get() == stream; });
    if (!m_callers.empty())
        return;
    m_poll.stop();
    m_heart.stop();
    m_keep.stop();
    m_reader.setListening(false);
}

EventHub::Caller* EventHub::find(const EventStream* stream)
{
    const auto found = std::find_if(m_callers.begin(), m_callers.end(),
                                    [stream](const Caller& caller) { return caller.stream.get() == stream; });
    return found == m_callers.end() ? nullptr : &*found;
}

void EventHub::readOn()
{
    if (m_isReading || m_callers.empty())
        return;
    m_isReading = true;
    m_reader.read(m_place, setsAtOnce, this, [this](const Result<std::vector<ChangeSet>>& sets) {
        m_isReading = false;
        if (!sets)
            return; // the next time
        handOut(*sets);
        if (sets->size() == setsAtOnce)
            readOn();
    });
}

/// Who has not taken what there was long ago is cut off: he comes back, and is served from the database.
void EventHub::handOut(const std::vector<ChangeSet>& sets)
{
    for (const auto& caller : m_callers)
        if (!caller.isCatchingUp && caller.stream->behind() > EventStream::mostBehind)
            caller.stream->cutOff();
    for (const auto& set : sets) {
        const auto shared = std::make_shared<const ChangeSet>(set);
        for (auto& caller : m_callers) {
            if (caller.isCatchingUp)
                continue;
            caller.stream->add(shared, caller.place);
            caller.place = std::max(caller.place, set.end());
        }
    }
    m_place = endOf(sets, m_place);
}

void EventHub::catchUp(Caller& caller)
{
    if (!caller.isCatchingUp || caller.isReading || caller.stream->behind() > 0)
        return;
    caller.isReading = true;
    const EventStream* key = caller.stream.get();
    m_reader.read(caller.place, setsAtOnce, this, [this, key](const Result<std::vector<ChangeSet>>& sets) {
        auto* slow = find(key);
        if (!slow)
            return;
        slow->isReading = false;
        if (sets)
            caughtUp(*slow, *sets);
        else
            slow->stream->cutOff(); // he comes back
    });
}

/// Answers come in the order of asking. So when a page is not full there is nothing between it and what the
/// others have been given, or it is ahead of them: he goes on with them from its end.
void EventHub::caughtUp(Caller& caller, const std::vector<ChangeSet>& sets)
{
    for (const auto& set : sets)
        caller.stream->add(std::make_shared<const ChangeSet>(set), caller.place);
    caller.place = endOf(sets, caller.place);
    if (sets.size() < setsAtOnce)
        caller.isCatchingUp = false;
    else
        catchUp(caller);
}

void EventHub::beat()
{
    for (auto& caller : m_callers) {
        caller.stream->beat(caller.isCatchingUp ? caller.place : std::max(caller.place, m_place));
        const EventStream* key = caller.stream.get();
        caller.mayListen(caller.context, [this, key](bool mayListen) {
            auto* known = find(key);
            if (known && !mayListen)
                known->stream->end();
        });
    }
}

} // namespace punctual::api
