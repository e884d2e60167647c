// SPDX-License-Identifier: GPL-3.0-or-later
// The engine inside the desktop program: a node and the REST API.
//
// Lives in the GUI thread; both work on threads of their own.
#pragma once

#include "api/server.h"
#include "app/common/cluster_keeper.h"
#include "app/common/settings.h"
#include "runtime/node_host.h"

#include <QObject>

namespace punctual::app
{

class Engine : public QObject
{
    Q_OBJECT

public:
    Engine(const client::Installation& installation, const Settings& settings, QObject* parent = nullptr);

    void start();
    /// Requests in flight finish; then stopped() comes.
    void stop();

Q_SIGNALS:
    void readyChanged(bool ready);
    /// The REST API cannot be reached; the node works all the same. `detail` is a sentence.
    void apiFailed(const QString& detail);
    void stopped();

private:
    runtime::NodeHost m_node;
    ClusterKeeper m_keeper;
    api::Server m_server;
};

} // namespace punctual::app
