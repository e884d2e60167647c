// SPDX-License-Identifier: GPL-3.0-or-later
// One node in a thread of its own: what a program starts to deliver messages.
//
// Lives in the thread that made it; signals come there.
#pragma once

#include "core/database_address.h"

#include <QObject>
#include <QString>

#include <memory>

namespace punctual::runtime
{

struct NodeOptions
{
    QString name; // for people: host and process; unique names help, ids decide
};

class NodeHost : public QObject
{
    Q_OBJECT

public:
    NodeHost(const DatabaseAddress& address, const NodeOptions& options, QObject* parent = nullptr);
    /// Stops hard if stop() has not been waited for: requests in flight are cut and become `unknown`.
    ~NodeHost() override;

    void start();

    /// No new claims; requests in flight finish or reach their deadline, their outcomes are recorded and
    /// the shards handed back. Then `stopped` comes.
    void stop();

    /// Whether it holds shards and the database answers.
    [[nodiscard]] bool isReady() const { return m_ready; }

Q_SIGNALS:
    void readyChanged(bool ready);
    /// About every second, from the node's own loop: for a watchdog.
    void alive();
    void stopped();

private:
    class Private;
    std::unique_ptr<Private> m_private;
    bool m_ready = false;
};

} // namespace punctual::runtime
