// SPDX-License-Identifier: GPL-3.0-or-later
// Writes outcomes in batches: by size or after a few milliseconds, whichever comes first; one batch at a
// time, so that under load the batches grow by themselves. While the database is away the outcomes wait
// here; the dispatcher looks at size() and stops claiming before there are too many.
//
// Lives in the node's thread.
#pragma once

#include "store/database_thread.h"
#include "store/node_queries.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <deque>
#include <vector>

namespace punctual::runtime
{

class OutcomeWriter : public QObject
{
    Q_OBJECT

public:
    OutcomeWriter(store::DatabaseThread& thread, store::Loop& home, QObject* parent = nullptr);

    void add(const store::NodeKey& node, store::AttemptRecord record);

    /// Outcomes that the database does not have yet.
    [[nodiscard]] std::size_t size() const { return m_waiting.size() + m_writing.size(); }
    void appendIds(std::vector<MessageId>& ids) const;
    [[nodiscard]] bool contains(const MessageId& id) const { return m_ids.contains(id); }

Q_SIGNALS:
    /// A batch is in the database: there is room again.
    void wrote();
    /// Some of that batch are to be tried again.
    void wroteRetries();

private:
    void runOnce();
    void take(const Result<std::size_t>& written);
    void putBack(const Error& error);

    store::DatabaseThread& m_thread;
    store::Loop& m_home;
    QTimer m_timer;
    store::NodeKey m_node;
    std::deque<store::AttemptRecord> m_waiting;
    std::vector<store::AttemptRecord> m_writing; // asked for, not answered
    QSet<MessageId> m_ids;                       // of both
    std::size_t m_most;                          // in the next batch
};

} // namespace punctual::runtime
