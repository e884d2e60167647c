// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/nodes/health_text.h"

#include "ui/common/time_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

struct HealthTextWords
{
    Q_DECLARE_TR_FUNCTIONS(Health)
};

constexpr int allShards = 64;
constexpr qsizetype mostLocked = 5; // that are listed
constexpr qint64 manyDeadRows = 10'000;
constexpr Duration longTransaction = 1min;
constexpr Duration veryLongTransaction = 10min;

HealthLine nodesLine(const HealthFigures& health)
{
    int alive = 0;
    int shards = 0;
    for (const auto& [node, lately] : health.nodes)
        if (node.alive) {
            ++alive;
            shards += node.shards;
        }
    if (alive == 0)
        return {HealthTextWords::tr("Nodes"),
                HealthTextWords::tr(
                    "No node is running: nothing is sent. Start punctuald, or this window with its own "
                    "engine."),
                Tone::Bad};
    if (shards < allShards)
        return {
            HealthTextWords::tr("Nodes"),
            HealthTextWords::tr("%1 of 64 shards have a node. The others are taken over within five seconds.")
                .arg(shards),
            Tone::Warning};
    return {HealthTextWords::tr("Nodes"),
            HealthTextWords::tr("%n node(s) own all 64 shards.", nullptr, alive), Tone::Good};
}

HealthLine destinationLine(const HealthFigures& health)
{
    QStringList locked;
    for (const auto& [node, lately] : health.nodes) {
        if (!node.alive)
            continue;
        for (const auto& [destination, reason] : node.locked)
            locked << HealthTextWords::tr("%1 sends nothing to %2: %3").arg(node.name, destination, reason);
    }
    const QString name = HealthTextWords::tr("Destinations");
    if (locked.isEmpty())
        return {name, HealthTextWords::tr("Every node has what it needs to send to them."), Tone::Good};
    if (const auto more = locked.size() - mostLocked; more > 0) {
        locked.resize(mostLocked);
        locked << HealthTextWords::tr("and %n more", nullptr, static_cast<int>(more));
    }
    return {name, locked.join(u'\n'), Tone::Bad};
}

HealthLine clockLine(const HealthFigures& health)
{
    Duration worst{};
    QString name;
    for (const auto& [node, lately] : health.nodes)
        if (node.alive && node.clockOffset &&
            std::chrono::abs(*node.clockOffset) >= std::chrono::abs(worst)) {
            worst = *node.clockOffset;
            name = node.name;
        }
    if (std::chrono::abs(worst) >= 1s)
        return {HealthTextWords::tr("Clocks"),
                HealthTextWords::tr(
                    "The clock of %1 is wrong by %2. Messages leave by the database's clock, but logs do "
                    "not: set up NTP there.")
                    .arg(name, spanText(std::chrono::abs(worst))),
                Tone::Warning};
    return {HealthTextWords::tr("Clocks"),
            HealthTextWords::tr("All agree with the database's to less than a second."), Tone::Good};
}

HealthLine rowsLine(const HealthFigures& health)
{
    const auto& database = health.database;
    const QLocale locale;
    const QString counts = HealthTextWords::tr("%1 rows, %2 old versions of rows")
                               .arg(locale.toString(database.liveRows), locale.toString(database.deadRows));
    const QString cleaned =
        database.vacuumedAt
            ? HealthTextWords::tr("cleaned up %1")
                  .arg(relativeText(*database.vacuumedAt, std::max(health.now, *database.vacuumedAt)))
            : HealthTextWords::tr("not cleaned up yet");
    if (database.deadRows > manyDeadRows && database.deadRows > database.liveRows)
        return {HealthTextWords::tr("Table of the queue"),
                HealthTextWords::tr(
                    "%1, %2. Too many old versions make claims slow: look for a long transaction below, "
                    "and whether autovacuum is on.")
                    .arg(counts, cleaned),
                Tone::Warning};
    return {HealthTextWords::tr("Table of the queue"), HealthTextWords::tr("%1, %2.").arg(counts, cleaned),
            Tone::Good};
}

HealthLine transactionLine(const HealthFigures& health)
{
    const auto& oldest = health.database.oldest;
    const QString name = HealthTextWords::tr("Oldest transaction");
    if (!oldest || health.now - oldest->startedAt < longTransaction)
        return {name, HealthTextWords::tr("Shorter than a minute."), Tone::Good};
    const Duration age = health.now - oldest->startedAt;
    return {name,
            HealthTextWords::tr(
                "Open for %1 by %2 of %3 (process %4%5). As long as it is open nothing is cleaned up: end "
                "it there, or with SELECT pg_terminate_backend(%4).")
                .arg(spanText(age),
                     oldest->program.isEmpty() ? HealthTextWords::tr("a program") : oldest->program,
                     oldest->user)
                .arg(oldest->processId)
                .arg(oldest->isIdle ? HealthTextWords::tr(", idle") : QString()),
            age >= veryLongTransaction ? Tone::Bad : Tone::Warning};
}

HealthLine notificationLine(const HealthFigures& health)
{
    const double share = health.database.notificationShare;
    const bool isSmall = share >= 0.0001 && share < 0.01;
    const QString percent = QLocale().toString(share * 100, 'f', isSmall ? 2 : 0);
    if (share > 0.5)
        return {HealthTextWords::tr("Notifications"),
                HealthTextWords::tr(
                    "%1 % of the room for them is taken: a session listens and does not read. End the "
                    "oldest one that is idle in a transaction.")
                    .arg(percent),
                Tone::Bad};
    return {HealthTextWords::tr("Notifications"),
            HealthTextWords::tr("%1 % of the room for them is taken.").arg(percent), Tone::Good};
}

HealthLine connectionLine(const HealthFigures& health)
{
    const auto& database = health.database;
    const QString counts =
        HealthTextWords::tr("%1 of %2 are taken").arg(database.connections).arg(database.mostConnections);
    if (database.connections * 10 > qint64(database.mostConnections) * 9)
        return {HealthTextWords::tr("Connections"),
                HealthTextWords::tr("%1. Close programs that are not needed, or raise max_connections.")
                    .arg(counts),
                Tone::Warning};
    return {HealthTextWords::tr("Connections"), counts + u'.', Tone::Good};
}

} // namespace

std::vector<HealthLine> healthLines(const HealthFigures& health)
{
    return {nodesLine(health),       destinationLine(health),  clockLine(health),     rowsLine(health),
            transactionLine(health), notificationLine(health), connectionLine(health)};
}

} // namespace punctual::ui
