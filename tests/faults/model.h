// SPDX-License-Identifier: GPL-3.0-or-later
// The life of messages as a client may know it: for each one the states that it can be in, by the answers it
// was given and the time. What the nodes do by themselves widens that set, every answer narrows it.
//
//   scheduled, due in a second    {scheduled}
//   ... two seconds later         {scheduled, delivering, delivered, retrying, dead}
//   cancel, answered cancelled    {cancelled}
//   restore, before it was due    {scheduled} again
//
// All times are by the database's clock.
#pragma once

#include "core/destination.h"
#include "core/rescheduled.h"

#include <map>
#include <optional>
#include <set>

namespace punctual::test
{

class Model
{
public:
    using States = std::set<MessageState>;

    /// A call that began and ended at these times: what it did happened in between.
    struct Call
    {
        Instant begun;
        Instant ended;
    };

    void schedule(const MessageId& id, Instant dueAt, std::optional<Duration> expiresAfter, OnUnknown policy);

    // Each gives whether that answer was possible, and believes it.
    [[nodiscard]] bool cancel(const MessageId& id, MessageState answer, const Call& call);
    [[nodiscard]] bool restore(const MessageId& id, MessageState answer, const Call& call);
    [[nodiscard]] bool resolve(const MessageId& id, MessageState wanted, MessageState answer,
                               const Call& call);
    [[nodiscard]] bool reschedule(const MessageId& id, Instant dueAt, const Rescheduled& answer,
                                  const Call& call);
    [[nodiscard]] bool see(const MessageId& id, MessageState answer, Instant now);

    /// The clock is going to be set: what may have happened until now stays possible.
    void settle(Instant now);

private:
    struct Known
    {
        Instant dueAt;
        Instant plannedAt; // no node does anything before
        std::optional<Duration> expiresAfter;
        OnUnknown policy;
        States states;
    };

    [[nodiscard]] static States possible(const Known& known, Instant now);
    [[nodiscard]] static bool believe(Known& known, const States& possible, MessageState answer);

    std::map<MessageId, Known> m_known;
};

} // namespace punctual::test
