// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/self_test_report.h"

#include "app/ctl/output.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SelfTestReport)
};

Duration meanOf(Duration sum, qint64 count)
{
    return count > 0 ? Duration(sum.count() / count) : Duration{};
}

Distribution distributionOf(const DeliveryStatistics& statistics)
{
    return {.least = {},
            .median = statistics.percentile(0.5),
            .p90 = statistics.percentile(0.9),
            .p99 = statistics.percentile(0.99),
            .most = statistics.mostLate,
            .mean = meanOf(statistics.lateness, statistics.attempts)};
}

QJsonObject toJson(const Distribution& distribution)
{
    return {{QStringLiteral("p50"), qint64(distribution.median.count())},
            {QStringLiteral("p90"), qint64(distribution.p90.count())},
            {QStringLiteral("p99"), qint64(distribution.p99.count())},
            {QStringLiteral("max"), qint64(distribution.most.count())},
            {QStringLiteral("mean"), qint64(distribution.mean.count())}};
}

QString milliseconds(Duration duration)
{
    return QString::number(static_cast<double>(duration.count()) / 1000, 'f', 2);
}

QStringList cellsOf(const Distribution& distribution)
{
    return {milliseconds(distribution.median), milliseconds(distribution.p90), milliseconds(distribution.p99),
            milliseconds(distribution.most), milliseconds(distribution.mean)};
}

QString ratesText(const SelfTestReport& report)
{
    const auto perSecond = [](double rate) { return Words::tr("%1/s").arg(std::llround(rate)); };
    return aligned({{Words::tr("Scheduled, 1000 at a time"), perSecond(report.schedulesPerSecond)},
                    {Words::tr("Delivered and recorded"), perSecond(report.deliveriesPerSecond)}});
}

QString latenessText(const SelfTestReport& report)
{
    const QStringList heading{
        Words::tr("LATENESS IN MS"), Words::tr("MIN"), QStringLiteral("P50"), QStringLiteral("P90"),
        QStringLiteral("P99"),       Words::tr("MAX"), Words::tr("MEAN")};
    return aligned({heading,
                    QStringList{Words::tr("at the receiver"), milliseconds(report.received.least)} +
                        cellsOf(report.received),
                    QStringList{Words::tr("by the engine"), QStringLiteral("-")} +
                        cellsOf(distributionOf(report.engine))});
}

QString partsText(const DeliveryStatistics& engine)
{
    QStringList names{Words::tr("WHERE IT CAME FROM")};
    QStringList means{Words::tr("mean, in ms")};
    for (const auto part : allLatenessParts) {
        names.append(toText(part));
        means.append(milliseconds(meanOf(engine.parts[static_cast<std::size_t>(part)], engine.attempts)));
    }
    return aligned({names, means});
}

QString verdictText(const Faults& faults)
{
    if (faults.none())
        return Words::tr("Nothing was early, lost or sent twice.");
    return Words::tr("Not as it should be: %1 early, %2 lost, %3 sent twice, %4 not recorded.")
        .arg(faults.early)
        .arg(faults.lost)
        .arg(faults.repeated)
        .arg(faults.unrecorded);
}

} // namespace

Distribution Distribution::of(std::vector<Duration> values)
{
    if (values.empty())
        return {};
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
        const auto rank = std::ceil(share * static_cast<double>(values.size()));
        return values[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
    };
    return {.least = values.front(),
            .median = at(0.5),
            .p90 = at(0.9),
            .p99 = at(0.99),
            .most = values.back(),
            .mean = meanOf(std::accumulate(values.begin(), values.end(), Duration{}),
                           static_cast<qint64>(values.size()))};
}

Faults faultsOf(const std::vector<MessageId>& scheduled, const std::vector<Arrival>& arrivals)
{
    Faults faults;
    std::vector<MessageId> arrived;
    for (const auto& arrival : arrivals) {
        arrived.push_back(arrival.id);
        faults.early += arrival.at < arrival.dueAt ? 1 : 0;
    }
    std::sort(arrived.begin(), arrived.end());
    for (const auto& id : scheduled) {
        const auto [first, last] = std::equal_range(arrived.begin(), arrived.end(), id);
        faults.lost += first == last ? 1 : 0;
        faults.repeated += last - first > 1 ? 1 : 0;
    }
    return faults;
}

QJsonObject toJson(const SelfTestReport& report)
{
    QJsonObject received = toJson(report.received);
    received.insert(QStringLiteral("min"), qint64(report.received.least.count()));
    QJsonObject parts;
    for (const auto part : allLatenessParts) {
        const auto sum = report.engine.parts[static_cast<std::size_t>(part)];
        parts.insert(toText(part), qint64(meanOf(sum, report.engine.attempts).count()));
    }
    return {{QStringLiteral("messages"), report.plan.messages},
            {QStringLiteral("rate"), report.plan.rate},
            {QStringLiteral("seconds"), report.plan.seconds},
            {QStringLiteral("schedules_per_second"), std::llround(report.schedulesPerSecond)},
            {QStringLiteral("deliveries_per_second"), std::llround(report.deliveriesPerSecond)},
            {QStringLiteral("received_lateness_us"), received},
            {QStringLiteral("engine_lateness_us"), toJson(distributionOf(report.engine))},
            {QStringLiteral("engine_lateness_parts_us"), parts},
            {QStringLiteral("early"), report.faults.early},
            {QStringLiteral("lost"), report.faults.lost},
            {QStringLiteral("repeated"), report.faults.repeated},
            {QStringLiteral("unrecorded"), report.faults.unrecorded},
            {QStringLiteral("passed"), report.faults.none()}};
}

QString toText(const SelfTestReport& report)
{
    return QStringList{
        Words::tr("%1 messages that were due already:").arg(report.plan.messages),
        ratesText(report),
        QString(),
        Words::tr("%1 messages a second for %2 s:").arg(report.plan.rate).arg(report.plan.seconds),
        latenessText(report),
        QString(),
        partsText(report.engine),
        QString(),
        verdictText(report.faults)}
        .join(u'\n');
}

} // namespace punctual::ctl
