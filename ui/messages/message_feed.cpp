// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_feed.h"

#include <algorithm>
#include <utility>

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
    m_isLooking = false;
    m_againFrom = {};
    m_visible = {};
    m_rest = QDeadlineTimer(0);
    m_wanted = pageSize;
    ask({{}, m_wanted, true});
}

void MessageFeed::refresh(int firstRow, int count)
{
    if (m_underWay && m_wanted == 0)
        return;
    m_visible =
        Question{m_model.cursorBefore(std::min(firstRow, m_model.rowCount())), std::clamp(count, 1, 500)};
    goOn();
}

void MessageFeed::setActive(bool active)
{
    m_isActive = active;
    goOn();
}

void MessageFeed::readMore()
{
    if (m_isTaking || m_wanted > 0 || m_isNewList || !m_model.next())
        return;
    m_wanted = pageSize;
    goOn();
}

/// Asks for what comes next, if anything does.
void MessageFeed::goOn()
{
    if (m_underWay)
        return;
    if (m_isNewList) { // the first page has not come yet
        ask({{}, m_wanted, true});
    } else if (m_visible && m_rest.hasExpired()) {
        Question question = *std::exchange(m_visible, std::nullopt);
        question.isRest = !m_wasRest && m_againFrom;
        if (question.isRest)
            question.after = m_againFrom;
        m_wasRest = question.isRest;
        ask(question);
    } else if (m_wanted > 0 && m_isActive) {
        ask({m_model.next(), m_wanted, true});
    }
}

void MessageFeed::ask(const Question& question)
{
    m_underWay = true;
    m_patience.start();
    m_asked.start();
    m_workspace.client.list(m_workspace.actor, m_filter, question.after, question.limit, this,
                            [this, question, number = m_filterNumber](const Result<MessagePage>& answer) {
                                if (number == m_filterNumber)
                                    take(question, answer);
                            });
}

void MessageFeed::take(const Question& question, const Result<MessagePage>& answer)
{
    m_patience.stop();
    if (!answer) {
        m_underWay = false;
        Q_EMIT failed(answer.error());
        return;
    }
    const int missing = question.limit - static_cast<int>(answer->items.size());
    const bool goesOn = answer->next && missing > 0;
    if (question.isFurther) {
        m_isLooking = goesOn;
        m_wanted = goesOn ? missing : 0;
    } else if (goesOn || question.isRest) {
        if (question.isRest || !m_againFrom) // else it goes on from where it is
            m_againFrom = answer->next && m_model.hasRead(*answer->next) ? answer->next : std::nullopt;
        m_rest = QDeadlineTimer(10 * m_asked.elapsed());
    }
    m_isTaking = true; // who is told of rows may ask for more
    if (std::exchange(m_isNewList, false)) {
        m_visible.reset(); // it is of the list before, or has just been read
        m_model.show(*answer);
    } else {
        m_model.merge(question.after, *answer, missing == 0);
    }
    m_isTaking = false;
    m_underWay = false;
    Q_EMIT answered();
    goOn();
}

} // namespace punctual::ui
