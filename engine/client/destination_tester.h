// SPDX-License-Identifier: GPL-3.0-or-later
// Sends one test message to a destination by the way of all messages, and waits for what comes of it.
//
// The message is due now, of high priority, tried once, and expires after `patience`: so it does not go later
// by surprise, even if this program ends meanwhile. What has not left by then, or cannot, is cancelled.
//
// Lives in the thread of its client, which owns it; deletes itself after the answer.
#pragma once

#include "client/client.h"

#include <QDeadlineTimer>
#include <QPointer>
#include <QTimer>

namespace punctual::client
{

class DestinationTester : public QObject
{
    Q_OBJECT

public:
    /// How long it may wait to leave.
    static constexpr std::chrono::seconds patience{5};

    DestinationTester(Client& client, Actor actor, QObject* context, Answer<DestinationTest> answer);

    void run(const QString& destination, const Content& content);

private:
    void schedule(const Destination& destination, const Content& content);
    void look();
    void judge(const Message& message);
    void askWhy();
    void giveUp();
    void takeAttempt();
    void lookAgain();
    void finish();
    void fail(const Error& error);

    Client& m_client;
    Actor m_actor;
    QPointer<QObject> m_asker;
    Answer<DestinationTest> m_answer;
    DestinationTest m_test;
    QDeadlineTimer m_leaveBy; // it is given up then if it still waits
    QDeadlineTimer m_endBy;   // and then whatever it does
    QTimer m_pause;           // between two looks
};

} // namespace punctual::client
