// SPDX-License-Identifier: GPL-3.0-or-later
// What people do with messages: cancel, restore, reschedule, resolve, or send them again, and what became of
// each in words. GUI thread.
#pragma once

#include "core/operation.h"
#include "ui/common/workspace.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace punctual::ui
{

class MessageActions : public QObject
{
    Q_OBJECT

public:
    explicit MessageActions(const Workspace& workspace, QObject* parent = nullptr);

    /// After asking.
    void cancel(const std::vector<MessageId>& ids, QWidget* window);
    /// Those that are over; after asking.
    void replay(const std::vector<MessageId>& ids, QWidget* window);
    /// One that is over, with what the person changes in a dialog.
    void editAndReplay(const MessageId& id, QWidget* window);
    /// Those that were cancelled and are not due yet.
    void restore(const std::vector<MessageId>& ids);
    /// A message with the time at which it was due before.
    using Due = std::pair<MessageId, Instant>;
    /// Those that wait, from these times to another.
    void reschedule(const std::vector<Due>& before, Instant dueAt);
    /// Takes that back: each to the time that it had.
    void moveBack(const std::vector<Due>& before);
    /// One that waits.
    void change(const MessageId& id, const MessageChange& wanted);
    /// Those that are unknown: delivered, retrying or dead. The reason goes into the audit.
    void resolve(const std::vector<MessageId>& ids, MessageState as, const QString& reason);

Q_SIGNALS:
    /// All answers of one call are there. `worked`: it was done with every message.
    void finished(const QString& text, bool worked);
    /// Comes after finished(): these were cancelled and can be restored.
    void cancelled(const std::vector<punctual::MessageId>& ids);
    /// Comes after finished(): these were rescheduled and can be moved back.
    void rescheduled(const std::vector<punctual::ui::MessageActions::Due>& before);

private:
    /// The answers to one call that have come so far.
    struct Round
    {
        std::size_t open = 0;
        std::size_t total = 0;
        std::function<QString(int worked)> success;
        std::function<void(const std::vector<MessageId>&)> done = {}; // with those that worked
        std::vector<MessageId> worked = {};
        std::map<QString, int> others = {}; // by what is said about them
    };
    using SharedRound = std::shared_ptr<Round>;

    static SharedRound roundOf(const std::vector<MessageId>& ids, std::function<QString(int worked)> success);
    /// `problemOf` gives an empty text for what worked.
    template <class T>
    client::Answer<T> counted(const SharedRound& round, const MessageId& id,
                              QString (MessageActions::*problemOf)(const T&) const);
    void take(Round& round, const MessageId& id, const QString& problem);
    void cancelNow(const std::vector<MessageId>& ids);
    void replayNow(const std::vector<MessageId>& ids, const ReplayChange& change = {});
    void openReplay(const Result<Message>& message, QWidget* window);
    [[nodiscard]] QString problemOfCancel(const CancelVerdict& verdict) const;
    [[nodiscard]] QString problemOfReplay(const Replayed& replayed) const;
    [[nodiscard]] QString problemOfRestore(const MoveVerdict& verdict) const;
    [[nodiscard]] QString problemOfResolve(const MoveVerdict& verdict) const;
    [[nodiscard]] QString problemOfChange(const ChangeVerdict& verdict) const;
    [[nodiscard]] QString problemOfReschedule(const Rescheduled& rescheduled) const;

    const Workspace& m_workspace;
};

} // namespace punctual::ui
