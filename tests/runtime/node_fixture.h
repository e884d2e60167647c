// SPDX-License-Identifier: GPL-3.0-or-later
// A database of its own with a node, a client and a third party on the loopback; the destination `orders`
// leads there.
#pragma once

#include "client/client.h"
#include "core/uuid_v7.h"
#include "runtime/node_host.h"
#include "store/message_queries.h"
#include "support/await.h"
#include "support/factories.h"
#include "support/receiver.h"
#include "support/test_database.h"
#include "support/test_main.h"

#include <QSignalSpy>

namespace punctual::test
{

class NodeFixture
{
protected:
    void setUp()
    {
        m_database = std::make_unique<TestDatabase>();
        m_receiver = std::make_unique<Receiver>();
        m_client = std::make_unique<client::Client>(m_database->address(), 1);
        m_node = startNode(QStringLiteral("test"));
        put(destinationAt(m_receiver->url()));
        QTRY_VERIFY_WITH_TIMEOUT(m_node->isReady(), 30'000);
    }

    void tearDown()
    {
        m_node.reset();
        m_client.reset();
        m_receiver.reset();
        m_database.reset();
    }

    std::unique_ptr<runtime::NodeHost> startNode(const QString& name)
    {
        auto node = std::make_unique<runtime::NodeHost>(m_database->address(), runtime::NodeOptions{name});
        node->start();
        return node;
    }

    void put(const Destination& destination)
    {
        const auto stored = await<client::PutDestination>(
            [&](QObject* context, auto answer) { m_client->put(someActor(), destination, context, answer); });
        QVERIFY2(stored.has_value(), stored ? "" : qPrintable(stored.error().detail));
    }

    std::vector<MessageId> schedule(const std::vector<NewMessage>& messages)
    {
        const auto scheduled = await<Scheduled>([&](QObject* context, auto answer) {
            m_client->schedule(someActor(), messages, std::nullopt, context, answer);
        });
        if (!scheduled)
            qFatal("not scheduled: %s", qPrintable(scheduled.error().detail));
        std::vector<MessageId> ids;
        for (const auto& item : scheduled->items)
            ids.push_back(item.id);
        return ids;
    }
    MessageId schedule(const NewMessage& message) { return schedule(std::vector{message}).front(); }

    QString stateOf(const MessageId& id)
    {
        return m_database
            ->value(QStringLiteral("SELECT state FROM punctual.messages WHERE id = '%1'").arg(toText(id)))
            .toString();
    }

    int countIn(MessageState state)
    {
        return m_database
            ->value(QStringLiteral("SELECT count(*) FROM punctual.messages WHERE state = '%1'")
                        .arg(toText(state)))
            .toInt();
    }

    void stopNode()
    {
        QSignalSpy stopped(m_node.get(), &runtime::NodeHost::stopped);
        m_node->stop();
        QVERIFY(!stopped.isEmpty() || stopped.wait(30'000));
    }

    /// So many messages alike, whose ids the client makes.
    static std::vector<NewMessage> many(std::size_t count,
                                        const QString& destination = QStringLiteral("orders"))
    {
        auto message = messageFor(destination);
        message.id = {};
        return std::vector(count, message);
    }

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<Receiver> m_receiver;
    std::unique_ptr<client::Client> m_client;
    std::unique_ptr<runtime::NodeHost> m_node;
};

} // namespace punctual::test
