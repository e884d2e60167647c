// SPDX-License-Identifier: GPL-3.0-or-later
// Stores messages that come one by one with one statement for many. A transaction costs the database far more
// than a message does; so while one of an actor is under way, those of his that come meanwhile wait for the
// next one together. Whoever comes alone waits for nobody.
//
// Each caller gets an answer of its own, when its message is stored for good. Where a group is refused, for
// all of it or nothing is stored, those that are at fault get their own refusal and the others go again
// without them.
//
// Lives in one thread and answers there.
#pragma once

#include "core/actor.h"
#include "core/result.h"
#include "core/scheduled.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <deque>
#include <functional>
#include <list>
#include <vector>

namespace punctual::client
{

class ScheduleGroups : public QObject
{
    Q_OBJECT

public:
    using Answer = std::function<void(Result<Scheduled>)>;
    /// Stores all of them or none, and answers in this thread later.
    using Store = std::function<void(const Actor& actor, std::vector<NewMessage> messages, Answer answer)>;

    explicit ScheduleGroups(Store store);

    /// Not answered after `context` is gone, but stored all the same. The message has an id.
    void add(const Actor& actor, NewMessage message, QObject* context, Answer answer);

private:
    struct Waiting
    {
        Actor actor;
        NewMessage message;
        QPointer<QObject> context;
        Answer answer;
        bool isAlone = false; // goes in a group of its own
    };
    using Group = std::vector<Waiting>;

    void sendGroups();
    [[nodiscard]] Group takeGroup();
    void send(Group group);
    void finish(Group& group, const Result<Scheduled>& stored);
    void sendAgain(Group& group, const Error& error);

    Store m_store;
    std::deque<Waiting> m_waiting;
    std::list<Actor> m_underWay; // of each group
    QTimer m_soon;               // once all that has come at the same moment is here
};

} // namespace punctual::client
