// SPDX-License-Identifier: GPL-3.0-or-later
// A server of its own and all that it is asked, so that everything that openapi.yaml describes comes once.
// Nothing is delivered: what a node would write is written into the database.
//
// Lives in the test's thread.
#pragma once

#include "answer_check.h"

#include <QDateTime>

namespace punctual::test
{

class Walk
{
public:
    /// Notes what comes in `check`.
    explicit Walk(AnswerCheck& check, const api::ServerOptions& options = {});

    /// The answer to a call; the test fails if it has another status or is not as described.
    Reply expect(int status, const QByteArray& method, const QString& path, const QByteArray& body = {},
                 const ApiFixture::Headers& headers = {});
    /// That a server which allows few calls a second refuses this one, too.
    void expectTooMany(const QByteArray& method, const QString& path);
    Reply get(const QString& path) { return expect(200, "GET", path); }
    Reply post(int status, const QString& path, const QByteArray& body = {})
    {
        return expect(status, "POST", path, body);
    }

    /// A new message of the destination `orders` in this state, with all that belongs to it; gives its id.
    QString messageIn(const QString& state, const QByteArray& more = {});
    /// Works off what operations there are, as a node does.
    void work();
    /// A node that holds all shards.
    void addNode();

    ApiFixture fixture;
    AnswerCheck& check;

private:
    void judge(const Reply& reply, int status, const QByteArray& method, const QString& path);
};

/// The id in an answer.
[[nodiscard]] inline QString idIn(const Reply& reply)
{
    return reply.json[QStringLiteral("id")].toString();
}

/// In a month, as a body gives it.
[[nodiscard]] inline QByteArray inAMonth()
{
    return QDateTime::currentDateTimeUtc().addDays(30).toString(Qt::ISODate).toLatin1();
}

// Each has the destination `orders` to itself.
void walkMessages(Walk& walk);
void walkDecisions(Walk& walk);
void walkWhy(Walk& walk);
void walkOperations(Walk& walk);
void walkDestinations(Walk& walk);
void walkLanes(Walk& walk);
void walkSystem(Walk& walk);
/// Every operation by every way of refusing it.
void walkRefusals(Walk& walk, const Description& description);
/// Every operation while it may not be called so often, the database is broken, or there is none.
void walkFaults(AnswerCheck& check, const Description& description);

} // namespace punctual::test
