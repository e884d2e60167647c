// SPDX-License-Identifier: GPL-3.0-or-later
// What nodes would have counted, for tests of pages that show it.
#pragma once

#include "core/lateness.h"
#include "support/test_database.h"

#include <QStringList>

namespace punctual::test
{

struct Counted
{
    int secondsAgo = 30;
    QString destination = QStringLiteral("orders");
    qint64 delivered = 0;
    qint64 retrying = 0;
    qint64 dead = 0;
    std::size_t step = 5; // of the lateness histogram: all attempts; 5 is up to 5 ms
};

inline void addStatistics(TestDatabase& database, const Counted& counted)
{
    const qint64 attempts = counted.delivered + counted.retrying + counted.dead;
    QStringList counts(static_cast<qsizetype>(LatenessHistogram::Counts().size()), QStringLiteral("0"));
    counts[static_cast<qsizetype>(counted.step)] = QString::number(attempts);
    database.exec(
        QStringLiteral("SELECT punctual.add_statistics(md5('node')::uuid, ARRAY[extract(epoch FROM "
                       "date_trunc('second', now()))::bigint - %1], ARRAY['%2'], ARRAY[%3], ARRAY[%4], "
                       "ARRAY[%5], ARRAY[%6], ARRAY[0], ARRAY[0], ARRAY[3600000000], "
                       "ARRAY['{0,0,0,0,0,0,0}'], ARRAY['{%7}'])")
            .arg(counted.secondsAgo)
            .arg(counted.destination)
            .arg(attempts)
            .arg(counted.delivered)
            .arg(counted.retrying)
            .arg(counted.dead)
            .arg(counts.join(u',')));
}

} // namespace punctual::test
