// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_feed.h"

#include <algorithm>

namespace punctual::ui
{

using namespace std::chrono_literals;

MessageFeed::MessageFeed(const Workspace& workspace, MessageModel& model, QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_model(model)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(4s); // as everywhere, see Refresher
    connect(&m_patience, &QTimer::timeout, this, &MessageFeed::late);
    connect(&model, &MessageModel::moreWanted, this, &MessageFeed::readMore);
}

void MessageFeed::setFilter(const MessageFilter& filter)
{
    m_filter = filter;
    ++m_filterNumber;
    m_isNewList = true;
    m_moreWanted = false;
    m_againFrom = {};
    m_wanted = pageSize;
    read(std::nullopt, m_wanted);
}

void MessageFeed::refresh(int firstRow, int count)
{
    if (m_underWay)
        return;
    if (m_isNewList) // the first page has not come yet
        return read(std::nullopt, m_wanted);
    if (m_wanted > 0) // the last look failed
        return read(m_model.next(), m_wanted);
    const auto visible = m_model.cursorBefore(std::min(firstRow, m_model.rowCount()));
    read(m_againFrom ? m_againFrom : visible, std::clamp(count, 1, 500));
}

void MessageFeed::readMore()
{
    m_moreWanted = m_underWay;
    if (m_underWay || m_isNewList || !m_model.next())
        return;
    m_wanted = pageSize;
    read(m_model.next(), m_wanted);
}

void MessageFeed::read(const std::optional<MessageCursor>& after, int limit)
{
    m_underWay = true;
    m_patience.start();
    m_workspace.client.list(m_workspace.actor, m_filter, after, limit, this,
                            [this, after, limit, number = m_filterNumber](const Result<MessagePage>& answer) {
                                if (number == m_filterNumber)
                                    take(after, limit, answer);
                            });
}

void MessageFeed::take(const std::optional<MessageCursor>& after, int limit,
                       const Result<MessagePage>& answer)
{
    m_underWay = false;
    m_patience.stop();
    if (!answer) {
        Q_EMIT failed(answer.error());
        return;
    }
    const int missing = limit - static_cast<int>(answer->items.size());
    const bool goesOn = answer->next && missing > 0;
    if (m_wanted > 0)
        m_wanted = goesOn ? missing : 0;
    else // what is shown is read again in turn, a look at a time
        m_againFrom = goesOn && m_model.hasRowAfter(*answer->next) ? answer->next : std::nullopt;
    if (m_isNewList)
        m_model.show(*answer);
    else
        m_model.merge(after, *answer);
    m_isNewList = false;
    if (m_wanted > 0)
        read(answer->next, m_wanted);
    Q_EMIT answered();
    if (m_moreWanted)
        readMore();
}

} // namespace punctual::ui
