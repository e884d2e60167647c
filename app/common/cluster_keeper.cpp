// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/cluster_keeper.h"

#include <QLoggingCategory>

namespace punctual::app
{

using namespace std::chrono_literals;

namespace
{

Q_LOGGING_CATEGORY(logCluster, "punctual.cluster")

constexpr auto pause = 2s;

} // namespace

ClusterKeeper::ClusterKeeper(const client::Installation& installation, runtime::NodeHost& node,
                             QObject* parent)
    : QObject(parent)
    , m_installation(installation)
{
    m_pool.setMaxThreadCount(1);
    connect(&m_timer, &QTimer::timeout, this, &ClusterKeeper::runOnce);
    connect(&node, &runtime::NodeHost::readyChanged, this, &ClusterKeeper::watch);
    connect(&node, &runtime::NodeHost::stopped, &m_timer, &QTimer::stop);
}

ClusterKeeper::~ClusterKeeper()
{
    m_pool.waitForDone();
}

void ClusterKeeper::watch(bool ready)
{
    if (ready)
        m_timer.stop();
    else
        m_timer.start(pause);
}

void ClusterKeeper::runOnce()
{
    if (m_pool.activeThreadCount() > 0)
        return;
    m_pool.start([&installation = m_installation] {
        if (const auto running = installation.revive(); !running)
            qCWarning(logCluster, "PostgreSQL does not run: %ls", qUtf16Printable(running.error().detail));
    });
}

} // namespace punctual::app
