// SPDX-License-Identifier: GPL-3.0-or-later
// Listens to GET /v1/events as a browser does.
//
// Lives in the test's thread.
#pragma once

#include "api_fixture.h"
#include "support/await.h"

#include <QtTest>

namespace punctual::test
{

class EventListener : public QObject
{
    Q_OBJECT

public:
    struct Event
    {
        QByteArray id;
        QByteArray name;
        QJsonObject data;
    };

    /// Begins behind `place`, if there is one.
    explicit EventListener(ApiFixture& fixture, const QString& query = {}, const QByteArray& place = {});

    // Each of these runs the event loop until it is so; false if it does not come to that.
    [[nodiscard]] bool begins() const;
    [[nodiscard]] bool hears(std::size_t count) const;
    [[nodiscard]] bool ends() const;

    /// Of all events, in their order.
    [[nodiscard]] QStringList states() const { return all("state"); }
    [[nodiscard]] QStringList messages() const { return all("id"); }

    std::vector<Event> events;
    QByteArray lastId; // also without an event
    bool hasBegun = false;
    int beats = 0;

private:
    [[nodiscard]] QStringList all(const char* field) const;
    void read(const QByteArray& bytes);
    void readBlock(const QByteArray& block);

    std::unique_ptr<QNetworkReply> m_reply;
    QByteArray m_text;
};

} // namespace punctual::test
