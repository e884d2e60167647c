// SPDX-License-Identifier: GPL-3.0-or-later
#include "walk.h"

#include <QTest>

namespace punctual::test
{

Walk::Walk(AnswerCheck& noted, const api::ServerOptions& options)
    : fixture(options)
    , check(noted)
{
    fixture.addDestination();
}

Reply Walk::expect(int status, const QByteArray& method, const QString& path, const QByteArray& body,
                   const ApiFixture::Headers& headers)
{
    const auto reply = fixture.call(method, path, body, headers);
    judge(reply, status, method, path);
    return reply;
}

void Walk::expectTooMany(const QByteArray& method, const QString& path)
{
    constexpr int tooMany = 429;
    Reply reply;
    for (int tries = 0; tries < 100 && reply.status != tooMany; ++tries) {
        // One of both at least is refused, unless they take a second.
        const auto before = fixture.begin("GET", QStringLiteral("/v1/nodes"));
        reply = fixture.call(method, path);
        (void)ApiFixture::finish(*before);
    }
    judge(reply, tooMany, method, path);
}

void Walk::judge(const Reply& reply, int status, const QByteArray& method, const QString& path)
{
    const auto wrong = check.check(method, path.section(u'?', 0, 0), reply); // the fixture tells of it
    if (reply.status != status || !wrong.isEmpty())
        QTest::qFail(qPrintable(QStringLiteral("%1 %2 is answered %3, not %4: %5")
                                    .arg(QString::fromLatin1(method), path)
                                    .arg(reply.status)
                                    .arg(status)
                                    .arg(QString::fromUtf8(reply.body))),
                     __FILE__, __LINE__);
}

/// Written over the state machine, which a database superuser may.
QString Walk::messageIn(const QString& state, const QByteArray& more)
{
    const QString id = fixture.addMessage(more);
    const bool isFinal = QStringList{QStringLiteral("delivered"), QStringLiteral("dead"),
                                     QStringLiteral("cancelled"), QStringLiteral("expired")}
                             .contains(state);
    const bool isWaiting = state == u"scheduled" || state == u"retrying";
    QStringList settings{QStringLiteral("state = '%1'").arg(state)};
    if (!isWaiting && state != u"delivering")
        settings.append(QStringLiteral("next_attempt_at = NULL"));
    if (isFinal)
        settings.append(QStringLiteral("finished_at = clock_timestamp()"));
    if (state == u"delivering")
        settings.append(
            QStringLiteral("claimed_at = now(), claimed_by = gen_random_uuid(), claim_deadline = now()"));
    if (state == u"cancelled")
        settings.append(QStringLiteral("cancelled_by = 'ann'"));
    if (state == u"dead")
        settings.append(QStringLiteral("attempts = 1, last_status = 500, last_error = 'no stock', "
                                       "fingerprint = punctual.fingerprint(destination, 500, 'no stock')"));
    fixture.database.exec(QStringLiteral("UPDATE punctual.messages SET %1 WHERE id = '%2'")
                              .arg(settings.join(QStringLiteral(", ")), id));
    return id;
}

void Walk::work()
{
    for (int i = 0; i < 3; ++i)
        fixture.database.exec(QStringLiteral("SELECT punctual.work_operation(gen_random_uuid(), 1000)"));
}

void Walk::addNode()
{
    fixture.database.exec(
        QStringLiteral("INSERT INTO punctual.nodes (id, epoch, name, version, started_at, last_seen_at, "
                       "lease_until, clock_offset_us) VALUES ('%1', 1, 'a node', '1', now(), now(), "
                       "now() + interval '1 hour', 2500); UPDATE punctual.shards SET node = '%1', epoch = 1")
            .arg(nobody));
}

} // namespace punctual::test
