// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/event_stream.h"

#include "core/uuid_v7.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstring>

namespace punctual::api
{

namespace
{

QByteArray idLine(const ChangePlace& place)
{
    return "id: " + toText(place).toLatin1() + '\n';
}

QByteArray written(const ChangeSet& set, qint64 position)
{
    const QJsonObject change{{QStringLiteral("id"), toText(set.ids[static_cast<std::size_t>(position)])},
                             {QStringLiteral("destination"), set.destination},
                             {QStringLiteral("state"), QString(toText(set.state))},
                             {QStringLiteral("at"), toRfc3339(set.at)}};
    const bool isLast = position + 1 == static_cast<qint64>(set.ids.size());
    const ChangePlace behind =
        isLast ? set.end() : ChangePlace{set.place.transaction, set.place.id, position + 1};
    return idLine(behind) + "event: change\ndata: " + QJsonDocument(change).toJson(QJsonDocument::Compact) +
           "\n\n";
}

} // namespace

EventStream::EventStream(EventFilter filter)
    : m_filter(std::move(filter))
    , m_text("retry: 1000\n\n")
{
}

qsizetype EventStream::read(char* bytes, qsizetype size)
{
    if (m_read == m_text.size())
        writeNext();
    const qsizetype count = std::min(size, m_text.size() - m_read);
    std::memcpy(bytes, m_text.constData() + m_read, static_cast<std::size_t>(count));
    m_read += count;
    return count;
}

void EventStream::add(std::shared_ptr<const ChangeSet> set, const ChangePlace& after)
{
    if (state() != State::Open || !m_filter.passes(*set) || set->end() <= after)
        return;
    const qint64 next = after < set->place ? 0 : after.count;
    const auto size = static_cast<qint64>(set->ids.size());
    if (next >= size)
        return;
    m_waiting += size - next;
    m_parts.push_back({std::move(set), next});
    Q_EMIT filled();
}

/// Whoever has something to read is told by that.
void EventStream::beat(const ChangePlace& place)
{
    if (m_waiting > 0 || m_read < m_text.size())
        return;
    m_text = ": alive\n" + idLine(place) + '\n';
    m_read = 0;
    Q_EMIT filled();
}

void EventStream::begin(const ChangePlace& place, bool hasGap)
{
    m_text += idLine(place) + (hasGap ? "event: gap\ndata: {}\n\n" : "\n");
    Q_EMIT filled();
}

/// A few at a time, so that what is written out stays small.
void EventStream::writeNext()
{
    constexpr qint64 most = 64;
    m_text.clear();
    m_read = 0;
    if (m_parts.empty())
        return;
    auto& part = m_parts.front();
    const auto end = std::min(part.next + most, static_cast<qint64>(part.set->ids.size()));
    m_waiting -= end - part.next;
    for (; part.next < end; ++part.next)
        m_text += written(*part.set, part.next);
    if (end == static_cast<qint64>(part.set->ids.size()))
        m_parts.pop_front();
    if (m_parts.empty())
        Q_EMIT drained();
}

} // namespace punctual::api
