// SPDX-License-Identifier: GPL-3.0-or-later
// Figures, the audit, health and the stream of events.
#include "core/lateness.h"
#include "event_listener.h"
#include "walk.h"

namespace punctual::test
{

namespace
{

void showFigures(Walk& walk)
{
    (void)walk.fixture.addMessage();
    QStringList counts(LatenessHistogram::Counts().size(), QStringLiteral("0"));
    counts[5] = QStringLiteral("10");
    walk.fixture.database.exec(
        QStringLiteral(
            "SELECT punctual.add_statistics(gen_random_uuid(), ARRAY[extract(epoch FROM "
            "date_trunc('second', now()))::bigint - 120], ARRAY['orders'], ARRAY[10], ARRAY[10], ARRAY[0], "
            "ARRAY[0], ARRAY[0], ARRAY[0], ARRAY[4500], ARRAY['{0,0,0,0,0,0,0}'], ARRAY['{%1}'])")
            .arg(counts.join(u',')));
    walk.get(QStringLiteral("/v1/stats"));
    walk.get(QStringLiteral("/v1/nodes"));
    walk.fixture.database.exec(QStringLiteral(
        "INSERT INTO punctual.nodes (id, epoch, name, version, started_at, last_seen_at, lease_until) "
        "VALUES (gen_random_uuid(), 2, 'another', '1', now(), now(), now())"));
    walk.get(QStringLiteral("/v1/nodes?limit=1"));
    walk.get(QStringLiteral("/metrics"));
    walk.get(QStringLiteral("/v1/openapi.yaml"));
    walk.get(QStringLiteral("/healthz"));
}

/// The form of events is told in words: their data is a Change.
void listen(Walk& walk)
{
    EventListener listener(walk.fixture);
    if (!listener.begins())
        return QTest::qFail("no events", __FILE__, __LINE__);
    (void)walk.fixture.addMessage();
    if (!listener.hears(1))
        return QTest::qFail("no change is told", __FILE__, __LINE__);
    for (const auto& event : listener.events) {
        const auto wrong =
            walk.check.schemas().check(event.data, QStringLiteral("/components/schemas/Change"));
        if (event.name != "change" || !wrong.isEmpty())
            QTest::qFail(qPrintable(wrong.join(QStringLiteral("; "))), __FILE__, __LINE__);
    }
    walk.expect(200, "HEAD", QStringLiteral("/v1/events"));
}

} // namespace

void walkSystem(Walk& walk)
{
    walk.expect(503, "GET", QStringLiteral("/readyz"));
    walk.addNode();
    walk.get(QStringLiteral("/readyz"));
    showFigures(walk);
    listen(walk);
    walk.expect(200, "PATCH", QStringLiteral("/v1/destinations/orders?reason=slow"),
                R"({"timeout_ms":20000})");
    walk.get(QStringLiteral("/v1/audit"));
    walk.get(QStringLiteral("/v1/audit?limit=1"));
    walk.expect(404, "GET", QStringLiteral("/v1/nothing"));
    walk.expect(405, "PUT", QStringLiteral("/v1/messages"), "{}");
    walk.expect(405, "POST", QStringLiteral("/healthz"), "{}");
}

} // namespace punctual::test
