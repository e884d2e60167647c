// SPDX-License-Identifier: GPL-3.0-or-later
// The asynchronous facade over the database for everything that reads or writes messages but delivers
// none: windows, REST, command line.
//
// Lives in one thread and answers there; the work happens on database threads of its own. An answer is
// not called after its context object is gone. No call blocks. While the database is away every answer
// is ErrorCode::Unavailable; the facade reconnects by itself.
#pragma once

#include "client/move_verdict.h"
#include "core/access.h"
#include "core/actor.h"
#include "core/attempt.h"
#include "core/audit.h"
#include "core/blocked_key.h"
#include "core/cancel_verdict.h"
#include "core/database_address.h"
#include "core/dead_letters.h"
#include "core/delivery_statistics.h"
#include "core/destination.h"
#include "core/destination_test.h"
#include "core/figures.h"
#include "core/forecast.h"
#include "core/message_change.h"
#include "core/message_list.h"
#include "core/missed_message.h"
#include "core/operation.h"
#include "core/quota_history.h"
#include "core/rescheduled.h"
#include "core/scheduled.h"
#include "core/system_status.h"
#include "core/why.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace punctual::client
{

template <class T>
using Answer = std::function<void(Result<T>)>;

using punctual::Idempotency;
using punctual::Scheduled;

class ScheduleGroups;

struct PutDestination
{
    Destination destination;
    bool created = false;
    bool stale = false; // nothing was done: it is not of the version that was asked for
};

class Client : public QObject
{
    Q_OBJECT

public:
    /// `connections` calls run at a time; the others wait in order.
    Client(const DatabaseAddress& address, int connections, QObject* parent = nullptr);
    ~Client() override;

    /// Stores all of them or none; single ones share a transaction with others of the same actor that come at
    /// the same time, unless they have an idempotency key. Ids that are null are filled in. InvalidInput
    /// names every bad item as /messages/<index>/<field>.
    void schedule(const Actor& actor, std::vector<NewMessage> messages,
                  std::optional<Idempotency> idempotency, QObject* context, Answer<Scheduled> answer);

    /// Every message gets a definite verdict; an error only says that the question was not answered.
    void cancel(const Actor& actor, const MessageId& id, QObject* context, Answer<CancelVerdict> answer);

    /// Decides what became of an unknown message: delivered, retrying (it goes now) or dead; InvalidInput for
    /// another state.
    void resolve(const Actor& actor, const MessageId& id, MessageState state, QObject* context,
                 Answer<MoveVerdict> answer);
    /// Undoes a cancel until the message was due.
    void restore(const Actor& actor, const MessageId& id, QObject* context, Answer<MoveVerdict> answer);

    /// Moves a waiting message to another due time; gives what became of that.
    void reschedule(const Actor& actor, const MessageId& id, Instant dueAt, QObject* context,
                    Answer<Rescheduled> answer);

    /// Changes a message that waits: its due time, priority or content. Nothing happens to one that does not
    /// wait, or was changed since.
    void changeMessage(const Actor& actor, const MessageId& id, const MessageChange& change, QObject* context,
                       Answer<ChangeVerdict> answer);

    /// Why it has not gone yet, and when it is expected to.
    void why(const Actor& actor, const MessageId& id, QObject* context, Answer<Why> answer);

    void find(const Actor& actor, const MessageId& id, QObject* context, Answer<Message> answer);
    void attempts(const Actor& actor, const MessageId& id, QObject* context,
                  Answer<std::vector<Attempt>> answer);
    /// `limit` is 1 to 500.
    void list(const Actor& actor, const MessageFilter& filter, const std::optional<MessageCursor>& after,
              int limit, QObject* context, Answer<MessagePage> answer);

    // In operations.cpp:

    /// Schedules a new message with the content of one that is over, now unless the change says otherwise.
    void replay(const Actor& actor, const MessageId& id, const ReplayChange& change, QObject* context,
                Answer<Replayed> answer);
    /// The same once for an idempotency key; Conflict if it was used with other content.
    void replay(const Actor& actor, const MessageId& id, const ReplayChange& change,
                std::optional<Idempotency> idempotency, QObject* context, Answer<Replayed> answer);
    /// The ids of its replays, the newest first; at most `limit`.
    void replays(const Actor& actor, const MessageId& id, int limit, QObject* context,
                 Answer<std::vector<MessageId>> answer);
    /// Dead letters in groups that failed alike, of one destination or, for an empty name, of all.
    void deadLetters(const Actor& actor, const QString& destination,
                     const std::optional<DeadLetterCursor>& after, int limit, QObject* context,
                     Answer<DeadLetterPage> answer);

    /// What startOperation would take now: how many, and the first of them.
    void previewOperation(const Actor& actor, const NewOperation& wanted, QObject* context,
                          Answer<OperationPreview> answer);
    /// Creates an operation on what its filter matches at this moment. A node works it off; ask for its
    /// progress with operation().
    void startOperation(const Actor& actor, const NewOperation& wanted, QObject* context,
                        Answer<Operation> answer);
    /// The same once for an idempotency key; Conflict if it was used with other content.
    void startOperation(const Actor& actor, const NewOperation& wanted,
                        std::optional<Idempotency> idempotency, QObject* context, Answer<Operation> answer);
    void operation(const Actor& actor, const QUuid& id, QObject* context, Answer<Operation> answer);
    void operations(const Actor& actor, const std::optional<QUuid>& after, int limit, QObject* context,
                    Answer<OperationPage> answer);
    /// What it does to which message, after this place; of one verdict, or of all for an empty one.
    void operationItems(const Actor& actor, const QUuid& id, const QString& verdict, qint64 after, int limit,
                        QObject* context, Answer<OperationItemPage> answer);
    /// Ends it; what it did stays. Conflict if it is over, other than by an abort.
    void abortOperation(const Actor& actor, const QUuid& id, QObject* context, Answer<Operation> answer);
    /// Starts the operation that undoes it: restores what a cancel cancelled, until it was due, cancels what
    /// a replay scheduled and has not left yet, and moves back what a reschedule moved and still waits, until
    /// it was due. Conflict for others, and while it runs.
    void undoOperation(const Actor& actor, const QUuid& id, QObject* context, Answer<Operation> answer);

    /// What left more than a minute late, or expired, in this span before now; the latest first.
    void missed(const Actor& actor, Duration span, int limit, QObject* context,
                Answer<std::vector<MissedMessage>> answer);

    void destinations(const Actor& actor, QObject* context, Answer<std::vector<Destination>> answer);
    void destination(const Actor& actor, const QString& name, QObject* context, Answer<Destination> answer);
    /// Creates or replaces. A pause stays as it is.
    void put(const Actor& actor, const Destination& destination, QObject* context,
             Answer<PutDestination> answer);
    /// The same from JSON, in which the mark of a hidden value stands for what is stored.
    void put(const Actor& actor, const QString& name, const QJsonObject& object, QObject* context,
             Answer<PutDestination> answer);
    /// The same if it is of one of these versions; without them in any case.
    void put(const Actor& actor, const QString& name, const QJsonObject& object,
             const std::optional<std::vector<qint64>>& ifVersion, QObject* context,
             Answer<PutDestination> answer);
    /// Lays the given fields over what is there (patchDestination).
    void patch(const Actor& actor, const QString& name, const QJsonObject& change, QObject* context,
               Answer<Destination> answer);
    void patch(const Actor& actor, const QString& name, const QJsonObject& change,
               const std::optional<std::vector<qint64>>& ifVersion, QObject* context,
               Answer<PutDestination> answer);
    /// Seals all secrets with the current key. Gives in how many destinations another one had sealed them.
    void resealSecrets(const Actor& actor, QObject* context, Answer<int> answer);
    /// Conflict while messages wait for it, and for the built-in one.
    void remove(const Actor& actor, const QString& name, QObject* context, Answer<void> answer);
    /// Nothing leaves for it until then, or until it is resumed.
    void pause(const Actor& actor, const QString& name, std::optional<Instant> until, QObject* context,
               Answer<Destination> answer);
    void resume(const Actor& actor, const QString& name, QObject* context, Answer<Destination> answer);

    /// Sends a test message there now, by the way of all messages, and gives what came of it: within the
    /// destination's time-out and five seconds. One that did not leave in that time never will.
    void testDestination(const Actor& actor, const QString& name, const Content& content, QObject* context,
                         Answer<DestinationTest> answer);

    /// Keys of a destination whose messages do not go on at once, after this one in their order.
    void blockedKeys(const Actor& actor, const QString& destination, const QString& after, int limit,
                     QObject* context, Answer<std::vector<BlockedKey>> answer);
    /// Lets a key go on that was parked. NotFound if it was not.
    void releaseKey(const Actor& actor, const QString& destination, const QString& key, QObject* context,
                    Answer<void> answer);

    /// What is scheduled against what is allowed, for the next hours, of all destinations or of one.
    void forecasts(const Actor& actor, const std::optional<QString>& destination, int hours, QObject* context,
                   Answer<std::vector<Forecast>> answer);
    void quotaHistory(const Actor& actor, const QString& destination, Instant from, Instant until,
                      QObject* context, Answer<std::vector<QuotaMinute>> answer);

    /// Unauthenticated for a token that is unknown, expired or revoked.
    void authenticate(const QString& token, QObject* context, Answer<Token> answer);
    void status(const Actor& actor, QObject* context, Answer<SystemStatus> answer);
    /// By second and destination, of the seconds in [from, until), oldest first. Nodes write them a second or
    /// two after the attempts.
    void statistics(const Actor& actor, Instant from, Instant until, QObject* context,
                    Answer<std::vector<DeliveryStatistics>> answer);

    /// For a dashboard: figures by step of time up to now.
    void figures(const Actor& actor, const FigureSteps& steps, QObject* context, Answer<Figures> answer);
    /// Of any span of time. InvalidInput names what of the window makes no sense: /from, /step.
    void windowFigures(const Actor& actor, const FigureWindow& window, QObject* context,
                       Answer<WindowFigures> answer);
    void destinationFigures(const Actor& actor, QObject* context,
                            Answer<std::vector<DestinationFigures>> answer);
    void healthFigures(const Actor& actor, QObject* context, Answer<HealthFigures> answer);

    /// What the login may do at this moment: others grant and revoke roles, and a standby becomes a primary.
    void access(const Actor& actor, QObject* context, Answer<Access> answer);

    /// For a page of the audit: the same as Administration gives, on the connections that a window has.
    void audit(const Actor& actor, const AuditFilter& filter, int limit, QObject* context,
               Answer<std::vector<AuditEntry>> answer);
    void checkSeals(const Actor& actor, qint64 after, int limit, QObject* context,
                    Answer<std::vector<AuditSeal>> answer);

private:
    template <class Work, class T>
    void ask(const Actor& actor, QObject* context, Work work, Answer<T> answer);
    /// For what may take long: nothing else waits behind it.
    template <class Work, class T>
    void askLong(const Actor& actor, QObject* context, Work work, Answer<T> answer);

    class Pool;
    std::unique_ptr<Pool> m_pool;
    std::unique_ptr<ScheduleGroups> m_groups;
};

} // namespace punctual::client
