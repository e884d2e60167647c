// SPDX-License-Identifier: GPL-3.0-or-later
// Every operation by every way of refusing it.
#include "api/router.h"
#include "api/routes.h"
#include "walk.h"

#include <QRegularExpression>
#include <QTest>

namespace punctual::test
{

namespace
{

using Operation = Description::Operation;

bool isOpen(const Description& description, const Operation& operation)
{
    return !description.at(operation.at(QStringLiteral("/security"))).isUndefined();
}

bool answers(const Description& description, const Operation& operation, int status)
{
    return !description.at(operation.at(QStringLiteral("/responses/%1").arg(status))).isUndefined();
}

bool hasParameter(const Description& description, const Operation& operation, const QString& name)
{
    const auto parameters = description.parameters(operation, QStringLiteral("query"));
    return std::any_of(parameters.begin(), parameters.end(), [&](const QString& parameter) {
        return description.at(parameter + QStringLiteral("/name")) == name;
    });
}

QString pathOf(const Operation& operation, const QString& id, const QString& name)
{
    QString path = operation.path;
    return path.replace(QStringLiteral("{id}"), id).replace(QStringLiteral("{name}"), name);
}

/// A body that is not what an operation is refused for.
QByteArray bodyFor(const Operation& operation)
{
    if (operation.path.endsWith(QStringLiteral("/resolve")))
        return R"({"state":"dead"})";
    if (operation.path.endsWith(QStringLiteral("/release")))
        return R"({"key":"a"})";
    if (operation.method != "PATCH")
        return {};
    return operation.path.contains(QStringLiteral("messages")) ? R"({"priority":"high"})"
                                                               : R"({"timeout_ms":1000})";
}

/// An event stream would not end if it were not refused.
QByteArray methodOf(const Operation& operation)
{
    return operation.path == u"/v1/events" ? QByteArrayLiteral("HEAD") : operation.method;
}

void refuseCallers(Walk& walk, const Description& description, const Operation& operation, const QString& id)
{
    const QString path = pathOf(operation, id, QStringLiteral("orders"));
    if (!isOpen(description, operation)) {
        walk.fixture.actAs(std::nullopt);
        walk.expect(401, operation.method, path);
    }
    if (answers(description, operation, 403)) {
        const auto* route = api::findRoute(api::routes(), operation.method, operation.path).route;
        if (route && route->role > Role::Viewer)
            walk.fixture.actAs(Role::Viewer);
        else
            walk.fixture.useToken("one");
        const bool isAsked = hasParameter(description, operation, QStringLiteral("destination"));
        walk.expect(403, operation.method, isAsked ? path + QStringLiteral("?destination=orders") : path);
    }
    if (answers(description, operation, 404) && operation.path.contains(QStringLiteral("messages/"))) {
        walk.fixture.useToken("one"); // its reach is looked at first
        walk.expect(404, operation.method, pathOf(operation, nobody, {}), bodyFor(operation));
    }
    walk.fixture.actAs(Role::Admin);
}

void refuseBodies(Walk& walk, const Operation& operation, const QString& path)
{
    walk.expect(400, operation.method, path, "{");
    walk.expect(400, operation.method, path, "[]");
    walk.expect(415, operation.method, path, "{}", {{"Content-Type", "text/plain"}});
    walk.expect(413, operation.method, path, QByteArray(200'000, ' '));
}

} // namespace

void walkRefusals(Walk& walk, const Description& description)
{
    const QString id = walk.fixture.addMessage();
    walk.fixture.database.exec(
        QStringLiteral("INSERT INTO punctual.api_tokens (name, role, hash, destinations) "
                       "VALUES ('one', 'admin', sha256('one'), '{echo}')"));
    for (const auto& operation : description.operations()) {
        const QString path = pathOf(operation, id, QStringLiteral("orders"));
        refuseCallers(walk, description, operation, id);
        walk.expect(422, operation.method, path + QStringLiteral("?colour=red"));
        if (!description.requestSchema(operation).isEmpty())
            refuseBodies(walk, operation, path);
        if (!answers(description, operation, 404))
            continue;
        const QString nowhere = pathOf(operation, nobody, QStringLiteral("nowhere"));
        walk.expect(404, operation.method,
                    operation.path.contains(u'{') ? nowhere
                                                  : nowhere + QStringLiteral("?destination=nowhere"),
                    bodyFor(operation));
    }
}

void walkFaults(AnswerCheck& check, const Description& description)
{
    api::ServerOptions slow;
    slow.requestsPerSecond = 1;
    Walk limited(check, slow);
    api::ServerOptions nowhere;
    nowhere.port = 0;
    api::Server away({QStringLiteral("host=/nonexistent dbname=none connect_timeout=1")}, nowhere);
    Walk broken(check);
    Walk outage(check);
    if (!away.start())
        return QTest::qFail("no server without a database", __FILE__, __LINE__);
    outage.fixture.talkTo(away.port());
    broken.fixture.useToken("a token that is not in the cache");
    broken.fixture.database.exec(QStringLiteral("ALTER TABLE punctual.api_tokens RENAME TO elsewhere"));
    for (const auto& operation : description.operations()) {
        if (isOpen(description, operation))
            continue;
        const QString path = pathOf(operation, nobody, QStringLiteral("orders"));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Internal fault")));
        broken.expect(500, operation.method, path);
        outage.expect(503, operation.method, path);
        limited.expectTooMany(methodOf(operation), path);
    }
}

} // namespace punctual::test
