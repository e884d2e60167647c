// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/engine.h"

#include "app/common/wiring.h"

namespace punctual::app
{

Engine::Engine(const client::Installation& installation, const Settings& settings, QObject* parent)
    : QObject(parent)
    , m_node(installation.address(), nodeOptions())
    , m_keeper(installation, m_node)
    , m_server(installation.address(), serverOptions(settings))
{
    connect(&m_node, &runtime::NodeHost::readyChanged, this, &Engine::readyChanged);
    connect(&m_node, &runtime::NodeHost::stopped, this, &Engine::stopped);
}

void Engine::start()
{
    m_node.start();
    if (const auto started = m_server.start(); !started)
        Q_EMIT apiFailed(started.error().detail);
}

void Engine::stop()
{
    m_node.stop();
}

} // namespace punctual::app
