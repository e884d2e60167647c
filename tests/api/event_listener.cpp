// SPDX-License-Identifier: GPL-3.0-or-later
#include "event_listener.h"

namespace punctual::test
{

namespace
{

constexpr int longest = static_cast<int>(std::chrono::milliseconds(patience).count());

} // namespace

EventListener::EventListener(ApiFixture& fixture, const QString& query, const QByteArray& place)
    : m_reply(fixture.begin("GET", QStringLiteral("/v1/events?") + query, {},
                            place.isEmpty() ? ApiFixture::Headers()
                                            : ApiFixture::Headers{{"Last-Event-ID", place}}))
{
    connect(m_reply.get(), &QNetworkReply::readyRead, this, [this] { read(m_reply->readAll()); });
}

bool EventListener::begins() const
{
    return QTest::qWaitFor([this] { return hasBegun || m_reply->isFinished(); }, longest) && hasBegun;
}

bool EventListener::hears(std::size_t count) const
{
    return QTest::qWaitFor([this, count] { return events.size() >= count; }, longest);
}

bool EventListener::ends() const
{
    return QTest::qWaitFor([this] { return m_reply->isFinished(); }, longest);
}

QStringList EventListener::all(const char* field) const
{
    QStringList texts;
    for (const auto& event : events)
        texts.append(event.data[QLatin1StringView(field)].toString());
    return texts;
}

void EventListener::read(const QByteArray& bytes)
{
    hasBegun = true;
    m_text += bytes;
    for (qsizetype end = m_text.indexOf("\n\n"); end >= 0; end = m_text.indexOf("\n\n")) {
        readBlock(m_text.left(end));
        m_text.remove(0, end + 2);
    }
}

void EventListener::readBlock(const QByteArray& block)
{
    Event event;
    const auto lines = block.split('\n');
    for (const auto& line : lines) {
        if (line.startsWith("id: "))
            lastId = event.id = line.sliced(4);
        else if (line.startsWith("event: "))
            event.name = line.sliced(7);
        else if (line.startsWith("data: "))
            event.data = QJsonDocument::fromJson(line.sliced(6)).object();
        else if (line.startsWith(":"))
            ++beats;
    }
    if (!event.name.isEmpty())
        events.push_back(event);
}

} // namespace punctual::test
