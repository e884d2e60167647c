// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/schedule_groups.h"

#include <QSet>

#include <algorithm>
#include <memory>

namespace punctual::client
{

namespace
{

constexpr std::size_t mostUnderWay = 3;  // of different actors: each has one connection of the client's
constexpr std::size_t mostInGroup = 500; // messages
constexpr qsizetype mostBytes = qsizetype{4} * 1024 * 1024;

/// Whether one transaction can be of both: what it writes into the audit is the same.
bool areAlike(const Actor& one, const Actor& other)
{
    return one.name == other.name && one.origin == other.origin && one.role == other.role &&
           one.reason == other.reason && one.address == other.address &&
           one.destinations == other.destinations;
}

void answerOne(const QPointer<QObject>& context, const ScheduleGroups::Answer& answer,
               const Result<Scheduled>& scheduled)
{
    if (context)
        answer(scheduled);
}

/// Positions that the fields of an error name: /messages/<position>/<field>.
QSet<qsizetype> atFault(const Error& error)
{
    QSet<qsizetype> positions;
    for (const auto& field : error.fields)
        positions.insert(field.pointer.section(u'/', 2, 2).toLongLong());
    return positions;
}

} // namespace

ScheduleGroups::ScheduleGroups(Store store)
    : m_store(std::move(store))
    , m_soon(this)
{
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &ScheduleGroups::sendGroups);
}

void ScheduleGroups::add(const Actor& actor, NewMessage message, QObject* context, Answer answer)
{
    m_waiting.push_back({actor, std::move(message), context, std::move(answer)});
    if (!m_soon.isActive())
        m_soon.start(0);
}

void ScheduleGroups::sendGroups()
{
    while (m_underWay.size() < mostUnderWay) {
        auto group = takeGroup();
        if (group.empty())
            return;
        send(std::move(group));
    }
}

/// The one that has waited longest of those that may go, and those that can go with it.
ScheduleGroups::Group ScheduleGroups::takeGroup()
{
    Group group;
    qsizetype bytes = 0;
    std::deque<Waiting> others;
    const auto isUnderWay = [this](const Actor& actor) {
        return std::any_of(m_underWay.begin(), m_underWay.end(),
                           [&actor](const Actor& other) { return areAlike(actor, other); });
    };
    const auto joins = [&group, &bytes](const Waiting& waiting) {
        const auto& first = group.front();
        return !waiting.isAlone && !first.isAlone && group.size() < mostInGroup && bytes < mostBytes &&
               areAlike(first.actor, waiting.actor);
    };
    for (auto& waiting : m_waiting) {
        const bool fits = group.empty() ? !isUnderWay(waiting.actor) : joins(waiting);
        bytes += fits ? waiting.message.content.body.size() : 0;
        if (fits)
            group.push_back(std::move(waiting));
        else
            others.push_back(std::move(waiting));
    }
    m_waiting = std::move(others);
    return group;
}

void ScheduleGroups::send(Group group)
{
    const auto place = m_underWay.insert(m_underWay.end(), group.front().actor);
    std::vector<NewMessage> messages;
    messages.reserve(group.size());
    for (const auto& waiting : group)
        messages.push_back(waiting.message);
    const Actor actor = group.front().actor;
    const auto sent = std::make_shared<Group>(std::move(group));
    m_store(actor, std::move(messages), [this, sent, place](const Result<Scheduled>& stored) {
        m_underWay.erase(place);
        finish(*sent, stored);
        sendGroups();
    });
}

void ScheduleGroups::finish(Group& group, const Result<Scheduled>& stored)
{
    if (!stored && group.size() > 1 && stored.error().code != ErrorCode::Unavailable)
        return sendAgain(group, stored.error());
    for (std::size_t i = 0; i < group.size(); ++i) {
        const auto& waiting = group[i];
        if (stored)
            answerOne(waiting.context, waiting.answer,
                      Scheduled{{stored->items.at(i)}, stored->createdAt, stored->repeated});
        else
            answerOne(waiting.context, waiting.answer, tl::unexpected(stored.error()));
    }
}

/// Those at fault each alone, so that they hear what is wrong with them and nothing of the others. All of
/// them, if nobody is named.
void ScheduleGroups::sendAgain(Group& group, const Error& error)
{
    const auto faults = atFault(error);
    for (std::size_t i = group.size(); i-- > 0;) {
        group[i].isAlone = faults.isEmpty() || faults.contains(static_cast<qsizetype>(i));
        m_waiting.push_front(std::move(group[i]));
    }
}

} // namespace punctual::client
