// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the private cluster again when it has died under a running program. Where a database is configured
// there is nothing to do: who runs it restarts it.
//
// Lives in the main thread; the work is done on a thread of its own.
#pragma once

#include "client/installation.h"
#include "runtime/node_host.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

namespace punctual::app
{

class ClusterKeeper : public QObject
{
    Q_OBJECT

public:
    /// Both have to outlive it.
    ClusterKeeper(const client::Installation& installation, runtime::NodeHost& node,
                  QObject* parent = nullptr);
    /// Waits for an attempt that is under way.
    ~ClusterKeeper() override;

private:
    void watch(bool ready);
    void runOnce();

    const client::Installation& m_installation;
    QTimer m_timer;
    QThreadPool m_pool;
};

} // namespace punctual::app
