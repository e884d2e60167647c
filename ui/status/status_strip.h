// SPDX-License-Identifier: GPL-3.0-or-later
// The right part of the status bar: this window's node, the database, who one is there, the backlog and the
// time.
#pragma once

#include "core/clock.h"
#include "core/system_status.h"

#include <QTimeZone>
#include <QTimer>
#include <QWidget>

class QLabel;

namespace punctual::ui
{

class Rights;
class ToneLabel;

class StatusStrip : public QWidget
{
    Q_OBJECT

public:
    /// What this window's own node is doing.
    enum class Node { None, Starting, Ready, Lost, Stopping };

    /// All of them outlive it.
    StatusStrip(const Clock& clock, const QTimeZone& zone, const Rights& rights, QWidget* parent = nullptr);

    void setNode(Node node);
    void showStatus(const SystemStatus& status);
    void showWaiting();
    void showLost();

private:
    void showNode();
    void showRights();
    void showTime();

    const Clock& m_clock;
    QTimeZone m_zone;
    const Rights& m_rights;
    Node m_node = Node::None;
    std::size_t m_liveNodes = 0;
    bool m_isConnected = false;
    ToneLabel* m_nodeLabel;
    ToneLabel* m_database;
    ToneLabel* m_user;
    QLabel* m_backlog;
    QLabel* m_time;
    QTimer m_timer;
};

} // namespace punctual::ui
