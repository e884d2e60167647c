// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/node_host.h"

#include "runtime/node.h"

#include <QThread>

namespace punctual::runtime
{

class NodeHost::Private
{
public:
    DatabaseAddress address;
    NodeOptions options;
    QThread thread;
    store::Loop loop; // of the node's thread
    std::unique_ptr<Node> node;
};

NodeHost::NodeHost(const DatabaseAddress& address, const NodeOptions& options, QObject* parent)
    : QObject(parent)
    , m_private(std::make_unique<Private>())
{
    m_private->address = address;
    m_private->options = options;
    m_private->thread.setObjectName(QStringLiteral("punctual node"));
    m_private->loop.moveToThread(&m_private->thread);
    // The node belongs to its thread, to the end.
    connect(
        &m_private->thread, &QThread::finished, &m_private->loop, [this] { m_private->node.reset(); },
        Qt::DirectConnection);
}

NodeHost::~NodeHost()
{
    m_private->loop.close();
    m_private->thread.quit();
    m_private->thread.wait();
}

void NodeHost::start()
{
    m_private->thread.start();
    m_private->loop.post([this] {
        m_private->node = std::make_unique<Node>(m_private->address, m_private->options);
        auto* node = m_private->node.get();
        connect(node, &Node::readyChanged, this, [this](bool ready) {
            m_ready = ready;
            Q_EMIT readyChanged(ready);
        });
        connect(node, &Node::alive, this, &NodeHost::alive);
        connect(node, &Node::stopped, this, &NodeHost::stopped);
        node->start();
    });
}

void NodeHost::stop()
{
    m_private->loop.post([this] { m_private->node->stop(); });
}

} // namespace punctual::runtime
