// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/figures_csv.h"

namespace punctual::ui
{

namespace
{

QByteArray milliseconds(Duration duration)
{
    return QByteArray::number(std::chrono::duration<double, std::milli>(duration).count());
}

} // namespace

QByteArray csvOf(const Figures& figures)
{
    // Names of columns are for programs, and so the same in every language.
    QByteArray csv(
        "time,attempts,delivered,retrying,dead,unknown,lateness_p50_ms,lateness_p99_ms,"
        "lateness_most_ms,too_many_requests,server_error,other_answer,no_connection,no_answer\r\n");
    for (const auto& point : figures.points) {
        const auto& sum = point.deliveries;
        csv += toRfc3339(point.start).toLatin1();
        for (const qint64 count : {sum.attempts, sum.delivered, sum.retrying, sum.dead, sum.unknown})
            csv += ',' + QByteArray::number(count);
        for (const Duration lateness : {sum.percentile(0.5), sum.percentile(0.99), sum.mostLate})
            csv +=
                ',' + (sum.attempts > 0 ? milliseconds(lateness) : QByteArray()); // nothing was late or not
        for (const qint64 count : point.causes)
            csv += ',' + QByteArray::number(count);
        csv += "\r\n";
    }
    return csv;
}

} // namespace punctual::ui
