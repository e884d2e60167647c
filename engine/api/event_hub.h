// SPDX-License-Identifier: GPL-3.0-or-later
// Gives everybody who calls GET /v1/events what changes, from one reader of the database: when the nodes are
// woken, and every quarter of a second. While nobody calls it does nothing.
//
// Who begins where he left off is served from the database until he has caught up, a page at a time as he
// takes it.
//
// Lives in the server's thread.
#pragma once

#include "api/event_stream.h"
#include "client/change_reader.h"

#include <QPointer>
#include <QTimer>

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <optional>

namespace punctual::api
{

class EventHub : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t mostCallers = 200;

    EventHub(const DatabaseAddress& database, std::chrono::milliseconds heartbeat);

    /// Whether he may still listen is asked now and then: it answers later, or never.
    using CheckRight = std::function<void(QObject* context, std::function<void(bool mayListen)> answer)>;

    [[nodiscard]] bool isFull() const { return m_callers.size() >= mostCallers; }

    /// A stream of what changes from now on, or behind a place. It ends with `context`. Told of once
    /// something can be missed no more.
    void open(const EventFilter& filter, std::optional<ChangePlace> after, QObject* context,
              CheckRight mayListen, std::function<void(Result<std::shared_ptr<EventStream>>)> opened);

private:
    struct Caller
    {
        std::shared_ptr<EventStream> stream;
        QPointer<QObject> context;
        CheckRight mayListen;
        ChangePlace place; // he has been given everything up to here
        bool isCatchingUp = false;
        bool isReading = false;
    };

    void admit(const ChangeStart& start, const EventFilter& filter, std::optional<ChangePlace> after,
               QObject* context, CheckRight mayListen,
               const std::function<void(Result<std::shared_ptr<EventStream>>)>& opened);
    void leave(const EventStream* stream);
    [[nodiscard]] Caller* find(const EventStream* stream);

    void readOn();
    void handOut(const std::vector<ChangeSet>& sets);
    void catchUp(Caller& caller);
    void caughtUp(Caller& caller, const std::vector<ChangeSet>& sets);
    void beat();

    client::ChangeReader m_reader;
    std::list<Caller> m_callers;
    ChangePlace m_place; // everybody who is not catching up has been given everything up to here
    bool m_isReading = false;
    QTimer m_poll;
    QTimer m_heart;
    QTimer m_keep; // the database writes changes down for somebody who asks for it every minute
};

} // namespace punctual::api
