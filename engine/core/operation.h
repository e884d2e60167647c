// SPDX-License-Identifier: GPL-3.0-or-later
// Bulk operations: one action on all messages that a filter matched when the operation was created.
#pragma once

#include "core/message_list.h"
#include "core/result.h"

#include <QJsonObject>
#include <QMap>

#include <optional>
#include <vector>

namespace punctual
{

enum class OperationAction { Cancel, Replay, Reschedule, Resolve, Restore };

inline constexpr std::array allOperationActions{OperationAction::Cancel, OperationAction::Replay,
                                                OperationAction::Reschedule, OperationAction::Resolve,
                                                OperationAction::Restore};

/// The word for it in SQL, REST and code; so below.
[[nodiscard]] QLatin1StringView toText(OperationAction action);
[[nodiscard]] std::optional<OperationAction> parseOperationAction(QStringView text);

enum class OperationState {
    Running,
    Done,
    Aborted, // by a person
    Stopped  // by itself: see Operation::stoppedBecause
};

[[nodiscard]] QLatin1StringView toText(OperationState state);
[[nodiscard]] std::optional<OperationState> parseOperationState(QStringView text);

/// What is asked for. The database judges what makes sense together (check_operation() in
/// 0005_operations.sql).
struct NewOperation
{
    OperationAction action = OperationAction::Cancel;
    /// Without states: all that the action can do something about, of a replay the dead ones alone.
    MessageFilter filter = {};
    bool all = false; // needed with a filter that is empty
    std::optional<qint64> limit = {};
    /// What a preview counted: nothing is started when another number matches.
    std::optional<qint64> expectedCount = {};
    std::optional<int> perSecond = {};
    QString destination = {};            // of a replay: another one
    std::optional<Instant> dueAt = {};   // of a replay or reschedule: that of the first message
    std::optional<Duration> delay = {};  // the same, counted from now
    std::optional<Duration> shift = {};  // of a reschedule: later by this than each was; may be negative
    std::optional<Duration> spread = {}; // due times are spread evenly over this
    std::optional<MessageState> as = {}; // of a resolve
    bool canary = false; // of a replay: 1, then 10, then the rest; it stops when the same failure returns
};

struct Operation
{
    QUuid id;
    OperationAction action = OperationAction::Cancel;
    OperationState state = OperationState::Running;
    QJsonObject filter;  // as it was given
    QJsonObject options; // likewise: limit, per_second and those of the action
    QString actor;
    QString origin;
    QString reason;
    std::optional<QUuid> undoOf;
    Instant createdAt;
    Instant updatedAt;
    std::optional<Instant> finishedAt;
    qint64 total = 0;
    qint64 done = 0;
    /// How many messages got which verdict: cancelled, replayed, rescheduled, resolved or restored, else the
    /// state in which a message was found, not_found, destination_gone or due_passed.
    QMap<QString, qint64> verdicts;
    QString stoppedBecause;
    QString lastError; // why the last try to go on failed; it is tried again
};

struct OperationPage
{
    std::vector<Operation> items; // the newest first
    std::optional<QUuid> next;    // the last one, if there are more
};

/// What an operation does to one message.
struct OperationItem
{
    qint64 ordinal = 0; // its place in the operation, from 1
    MessageId message;
    QString verdict; // as in Operation::verdicts; empty: its turn has not come
    std::optional<Instant> changedAt;
    std::optional<MessageId> replay; // the new message
    std::optional<Instant> dueAt;    // of a reschedule: when it was due before
};

struct OperationItemPage
{
    std::vector<OperationItem> items; // in their order
    std::optional<qint64> next;       // the last one, if there are more
};

/// How many match now, of an error that says that another number was expected.
[[nodiscard]] std::optional<qint64> matchingNow(const Error& error);

/// What an operation would do if it were started now.
struct OperationPreview
{
    qint64 count = 0;
    std::vector<Message> sample; // the first ones, without content
};

/// The present state of what was to be replayed, and the new message if it could be.
struct Replayed
{
    std::optional<MessageState> state; // absent: there is no such message
    std::optional<Message> replay;     // absent: it is not over
};

/// Changes to the content of a message that is replayed; what is absent stays as it was.
struct ReplayChange
{
    QString destination = {};
    std::variant<Instant, Duration> due = Duration{};
    std::optional<QByteArray> body = {};
    std::optional<QByteArray> contentType = {};
    std::optional<std::vector<Header>> headers = {};
};

} // namespace punctual
