// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/outcome_writer.h"

#include "core/uuid_v7.h"

#include <QLoggingCategory>

#include <algorithm>

namespace punctual::runtime
{

using namespace std::chrono_literals;

namespace
{

Q_LOGGING_CATEGORY(logWriter, "punctual.record")

constexpr std::size_t batch = 500;         // worth writing at once
constexpr std::size_t largestBatch = 1000; // beyond it a statement takes too long
constexpr auto patience = 5ms;
constexpr auto pauseAfterFailure = 250ms;

/// Takes away what came from outside; gives whether there was anything.
bool simplify(store::AttemptRecord& record)
{
    const bool had = !record.attempt.error.isEmpty() || !record.attempt.response.isEmpty();
    record.attempt.error.clear();
    record.attempt.response.clear();
    return had;
}

} // namespace

OutcomeWriter::OutcomeWriter(store::DatabaseThread& thread, store::Loop& home, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
    , m_home(home)
    , m_most(largestBatch)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &OutcomeWriter::runOnce);
}

void OutcomeWriter::add(const store::NodeKey& node, store::AttemptRecord record)
{
    m_node = node;
    m_ids.insert(record.attempt.message);
    m_waiting.push_back(std::move(record));
    if (!m_writing.empty())
        return; // the answer of the batch that is being written starts the next one
    if (m_waiting.size() >= batch)
        runOnce();
    else if (!m_timer.isActive())
        m_timer.start(patience);
}

void OutcomeWriter::appendIds(std::vector<MessageId>& ids) const
{
    ids.insert(ids.end(), m_ids.begin(), m_ids.end());
}

void OutcomeWriter::runOnce()
{
    m_timer.stop();
    if (!m_writing.empty() || m_waiting.empty())
        return;
    const auto end = m_waiting.begin() + static_cast<std::ptrdiff_t>(std::min(m_most, m_waiting.size()));
    m_writing.assign(std::make_move_iterator(m_waiting.begin()), std::make_move_iterator(end));
    m_waiting.erase(m_waiting.begin(), end);
    m_thread.run(
        m_home, this,
        [node = m_node, records = m_writing](store::Connection& connection) {
            return store::record(connection, node, records);
        },
        [this](const Result<std::size_t>& written) { take(written); });
}

void OutcomeWriter::take(const Result<std::size_t>& written)
{
    if (!written) {
        putBack(written.error());
        return;
    }
    m_most = largestBatch;
    if (*written < m_writing.size())
        qCWarning(logWriter, "%zu outcomes came after their claims had been given up",
                  m_writing.size() - *written);
    const bool retries = std::any_of(m_writing.begin(), m_writing.end(), [](const auto& record) {
        return record.state == MessageState::Retrying;
    });
    for (const auto& record : m_writing)
        m_ids.remove(record.attempt.message);
    m_writing.clear();
    Q_EMIT wrote();
    if (retries)
        Q_EMIT wroteRetries();
    if (m_waiting.size() >= batch)
        runOnce();
    else if (!m_waiting.empty())
        m_timer.start(patience);
}

void OutcomeWriter::putBack(const Error& error)
{
    qCWarning(logWriter, "Outcomes wait: %ls", qUtf16Printable(error.detail));
    // One that the database will never take must not hold up the others: it is found by halving, and left to
    // the rescuer.
    const bool hopeless = error.code != ErrorCode::Unavailable && error.code != ErrorCode::Forbidden;
    if (hopeless && m_writing.size() == 1 && !simplify(m_writing.front())) {
        const auto& record = m_writing.front();
        qCCritical(
            logWriter,
            "The outcome of message %ls, %s with status %d, cannot be written: it is left to the rescuer",
            qUtf16Printable(toText(record.attempt.message)), toText(record.state).data(),
            record.attempt.status);
        m_ids.remove(record.attempt.message);
        m_writing.clear();
    }
    m_most = hopeless ? std::max<std::size_t>(1, m_writing.size() / 2) : largestBatch;
    m_waiting.insert(m_waiting.begin(), std::make_move_iterator(m_writing.begin()),
                     std::make_move_iterator(m_writing.end()));
    m_writing.clear();
    m_timer.start(hopeless ? patience : pauseAfterFailure);
}

} // namespace punctual::runtime
