// SPDX-License-Identifier: GPL-3.0-or-later
// Brings the list of messages from the facade into the model: further pages as they are wanted, and the
// rows on screen again and again. One request is under way at a time, so that a slow database is not
// asked faster than it answers; a new filter makes every answer to the old one worthless.
//
// A page may end before it is full, when the database has looked long enough for what no index finds
// (LookBounds). Then the next one is asked for at once, while the list is active; what is on screen has its
// turn in between. What has been looked at is looked at again in turn with the rows on screen, and not for
// more than a small part of the time. GUI thread.
#pragma once

#include "ui/common/workspace.h"
#include "ui/messages/message_model.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace punctual::ui
{

class MessageFeed : public QObject
{
    Q_OBJECT

public:
    static constexpr int pageSize = 200;

    MessageFeed(const Workspace& workspace, MessageModel& model, QObject* parent = nullptr);

    /// Reads the first page of this list.
    void setFilter(const MessageFilter& filter);
    [[nodiscard]] const MessageFilter& filter() const { return m_filter; }

    /// Whether the rows of the model are those of this filter: its first page has come.
    [[nodiscard]] bool isCurrent() const { return !m_isNewList; }

    /// Rows are still looked for behind what has been read.
    [[nodiscard]] bool isLooking() const { return m_isLooking; }

    /// Reads these rows again; at the next opportunity while further ones are read, not at all while rows are
    /// read again already.
    void refresh(int firstRow, int count);

    /// Whether anybody sees the list: else nothing further is looked for.
    void setActive(bool active);

Q_SIGNALS:
    /// The model has taken in an answer.
    void answered();
    void failed(const punctual::Error& error);
    /// No answer has come for some seconds.
    void late();

private:
    struct Question
    {
        std::optional<MessageCursor> after;
        int limit = 0;
        bool isFurther = false; // behind what has been read; else it was read before
        bool isRest = false;    // of what was read before, not what is on screen
    };

    void readMore();
    void goOn();
    void ask(const Question& question);
    void take(const Question& question, const Result<MessagePage>& answer);

    const Workspace& m_workspace;
    MessageModel& m_model;
    MessageFilter m_filter;
    quint64 m_filterNumber = 0; // answers that carry an older one are dropped
    bool m_isNewList = true;    // until the first answer to this filter
    bool m_isActive = false;
    bool m_isLooking = false; // the last page behind what has been read was not full
    bool m_underWay = false;
    bool m_isTaking = false;                  // an answer into the model
    int m_wanted = pageSize;                  // rows behind what has been read
    std::optional<Question> m_visible;        // to be read again
    std::optional<MessageCursor> m_againFrom; // where reading again goes on that did not reach the end
    bool m_wasRest = false;                   // the last time that something was read again
    QElapsedTimer m_asked;
    QDeadlineTimer m_rest{0}; // nothing is read again before
    QTimer m_patience;
};

} // namespace punctual::ui
