// SPDX-License-Identifier: GPL-3.0-or-later
#include "walk.h"

namespace punctual::test
{

namespace
{

const QString oneOperation = QStringLiteral("/v1/operations/%1");
const QString undo = QStringLiteral("/v1/operations/%1/undo");

/// Starts one and looks at it once a node is through with it.
QString done(Walk& walk, const QByteArray& body)
{
    const QString id = idIn(walk.post(202, operations, body));
    walk.work();
    walk.get(oneOperation.arg(id));
    walk.get(oneOperation.arg(id) + QStringLiteral("/items?limit=1"));
    return id;
}

void startAllActions(Walk& walk)
{
    (void)walk.fixture.addMessage(R"(,"key":"k","tags":["promo"])");
    done(
        walk,
        R"({"action":"cancel","filter":{"state":["scheduled","retrying"],"destination":"orders","tag":"promo",
        "key":"k","due_after":"2020-01-01T00:00:00Z","due_before":"2099-01-01T00:00:00Z","q":"promo",
        "fingerprint":"none","attempted_after":"2020-01-01T00:00:00Z","attempted_before":"2099-01-01T00:00:00Z",
        "attempt":["too_many_requests","server_error","other_answer","no_connection","no_answer","delivered",
        "refused"]},"limit":10,"per_second":5,"reason":"a wrong price"})");
    const QString cancel = done(walk, R"({"action":"cancel","filter":{"state":"scheduled"}})");
    walk.post(202, undo.arg(cancel));
    walk.work();
    (void)walk.fixture.addMessage();
    (void)walk.fixture.addMessage();
    done(walk, R"({"action":"reschedule","all":true,"shift_ms":60000})");
    done(walk, R"({"action":"reschedule","all":true,"due_at":")" + inAMonth() + R"(","spread_ms":1000})");
    walk.messageIn(QStringLiteral("dead"));
    walk.messageIn(QStringLiteral("dead"));
    done(walk, R"({"action":"replay","all":true,"destination":"orders","delay_ms":60000,"canary":true})");
    for (const auto* state : {"delivered", "retrying", "dead"}) {
        walk.messageIn(QStringLiteral("unknown"));
        const QString resolve =
            done(walk, R"({"action":"resolve","all":true,"as":")" + QByteArray(state) + R"("})");
        walk.post(409, undo.arg(resolve)); // what was decided stays so
    }
}

} // namespace

void walkOperations(Walk& walk)
{
    startAllActions(walk);
    const QByteArray everything = R"({"action":"cancel","all":true})";
    walk.post(200, operations, R"({"action":"cancel","all":true,"dry_run":true})");
    walk.post(409, operations, R"({"action":"restore","all":true,"expected_count":1000000})");
    const ApiFixture::Headers keyed{{"Idempotency-Key", "a key"}};
    const QString running = idIn(walk.expect(202, "POST", operations, everything, keyed));
    walk.expect(422, "POST", operations, R"({"action":"restore","all":true})", keyed);
    walk.post(409, undo.arg(running));
    walk.get(oneOperation.arg(running));
    walk.expect(200, "DELETE", oneOperation.arg(running) + QStringLiteral("?reason=no"));
    walk.expect(200, "DELETE", oneOperation.arg(running));
    walk.expect(409, "DELETE", oneOperation.arg(done(walk, everything)));
    walk.fixture.database.exec(
        QStringLiteral("UPDATE punctual.operations SET state = 'stopped', stopped_because = "
                       "'it failed again', last_error = 'out of memory' WHERE id = '%1'")
            .arg(running));
    walk.get(operations);
    walk.get(operations + QStringLiteral("?limit=1"));
}

} // namespace punctual::test
