// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/statistics.h"

#include <QLoggingCategory>

namespace punctual::runtime
{

using namespace std::chrono_literals;

namespace
{

Q_LOGGING_CATEGORY(logStatistics, "punctual.statistics")

constexpr std::size_t mostRows = 10'000; // kept while the database is away; the oldest go first

} // namespace

Statistics::Statistics(store::DatabaseThread& thread, store::Loop& home, const Clock& clock,
                       const ShardKeeper& keeper, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_home(home)
    , m_clock(clock)
    , m_keeper(keeper)
{
    connect(&m_timer, &QTimer::timeout, this, &Statistics::runOnce);
}

void Statistics::start()
{
    m_timer.start(1s);
}

void Statistics::add(const QString& destination, const store::AttemptRecord& record,
                     const LatenessParts& parts)
{
    const auto second = std::chrono::floor<std::chrono::seconds>(record.attempt.finishedAt);
    auto& row = m_rows[{second, destination}];
    row.second = second;
    row.destination = destination;
    row.add(record.state, record.attempt.lateness, parts);
}

void Statistics::runOnce()
{
    if (m_rows.empty() || m_thread.pending() > 2)
        return;
    const auto running = std::chrono::floor<std::chrono::seconds>(m_clock.now());
    std::map<Key, DeliveryStatistics> over;
    while (!m_rows.empty() && m_rows.begin()->first.first < running)
        over.insert(m_rows.extract(m_rows.begin()));
    write(std::move(over));
}

void Statistics::flush(std::function<void()> done)
{
    m_timer.stop();
    write(std::exchange(m_rows, {}), std::move(done));
}

void Statistics::write(std::map<Key, DeliveryStatistics> rows, std::function<void()> done)
{
    if (rows.empty()) {
        done();
        return;
    }
    std::vector<DeliveryStatistics> values;
    values.reserve(rows.size());
    for (const auto& [key, row] : rows)
        values.push_back(row);
    m_thread.run(
        m_home, this,
        [node = m_keeper.node().id, values = std::move(values)](store::Connection& connection) {
            return store::addStatistics(connection, node, values);
        },
        [this, rows = std::move(rows), done = std::move(done)](const Result<void>& written) mutable {
            done();
            if (written)
                return;
            qCWarning(logStatistics, "Statistics wait: %ls", qUtf16Printable(written.error().detail));
            for (auto& [key, row] : rows)
                m_rows[key].add(row);
            while (m_rows.size() > mostRows)
                m_rows.erase(m_rows.begin());
        });
}

} // namespace punctual::runtime
