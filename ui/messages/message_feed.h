// SPDX-License-Identifier: GPL-3.0-or-later
// Brings the list of messages from the facade into the model: further pages as they are wanted, and the
// rows on screen again and again. One request is under way at a time, so that a slow database is not
// asked faster than it answers; a new filter makes every answer to the old one worthless. A page that is not
// full although the list goes on (see LookBounds) is followed by the next one at once. GUI thread.
#pragma once

#include "ui/common/workspace.h"
#include "ui/messages/message_model.h"

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
    [[nodiscard]] bool isLooking() const { return m_wanted > 0; }

    /// Reads these rows again, unless a request is under way.
    void refresh(int firstRow, int count);

Q_SIGNALS:
    /// The model has taken in an answer.
    void answered();
    void failed(const punctual::Error& error);
    /// No answer has come for some seconds.
    void late();

private:
    void readMore();
    void read(const std::optional<MessageCursor>& after, int limit);
    void take(const std::optional<MessageCursor>& after, int limit, const Result<MessagePage>& answer);

    const Workspace& m_workspace;
    MessageModel& m_model;
    MessageFilter m_filter;
    quint64 m_filterNumber = 0; // answers that carry an older one are dropped
    bool m_isNewList = true;    // until the first answer to this filter
    bool m_underWay = false;
    bool m_moreWanted = false;
    int m_wanted = pageSize;                         // rows behind what has been read
    std::optional<MessageCursor> m_againFrom; // where reading again did not reach the end of what is shown
    QTimer m_patience;
};

} // namespace punctual::ui
