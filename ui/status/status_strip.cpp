// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status/status_strip.h"

#include "ui/common/rights.h"
#include "ui/common/time_text.h"
#include "ui/common/tone_label.h"

#include <QHBoxLayout>
#include <QLocale>

namespace punctual::ui
{

using namespace std::chrono_literals;

StatusStrip::StatusStrip(const Clock& clock, const QTimeZone& zone, const Rights& rights, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_zone(zone)
    , m_rights(rights)
    , m_nodeLabel(new ToneLabel(Tone::Neutral))
    , m_database(new ToneLabel(Tone::Neutral))
    , m_user(new ToneLabel(Tone::Neutral))
    , m_backlog(new QLabel)
    , m_time(new QLabel)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->setSpacing(18);
    for (QLabel* label : {static_cast<QLabel*>(m_nodeLabel), static_cast<QLabel*>(m_database),
                          static_cast<QLabel*>(m_user), m_backlog, m_time}) {
        label->setWordWrap(false);
        layout->addWidget(label);
    }
    m_nodeLabel->setAccessibleName(tr("Node"));
    m_database->setAccessibleName(tr("Database"));
    m_user->setAccessibleName(tr("User and role"));
    m_backlog->setAccessibleName(tr("Backlog"));
    m_time->setAccessibleName(tr("Time of the database"));
    m_backlog->setToolTip(tr("Messages that wait or are on their way"));
    m_database->setText(tr("Database: connecting…"));
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &StatusStrip::showTime);
    connect(&rights, &Rights::changed, this, &StatusStrip::showRights);
    m_timer.start();
    showNode();
    showRights();
    showTime();
}

void StatusStrip::setNode(Node node)
{
    m_node = node;
    showNode();
}

void StatusStrip::showStatus(const SystemStatus& status)
{
    m_liveNodes = status.liveNodes();
    m_isConnected = true;
    showRights();
    m_backlog->setEnabled(true);
    m_backlog->setText(tr("Backlog: %1").arg(QLocale().toString(status.backlog())));
    showNode();
    showTime();
}

void StatusStrip::showWaiting()
{
    m_isConnected = false;
    m_database->setTone(Tone::Warning);
    m_database->setText(tr("Database: slow to answer"));
    m_backlog->setEnabled(false);
}

void StatusStrip::showLost()
{
    m_isConnected = false;
    m_database->setTone(Tone::Bad);
    const bool isRefused = m_rights.access() && !m_rights.access()->role;
    m_database->setText(isRefused ? tr("Database: not open to this login")
                                  : tr("Database: lost, trying again"));
    m_backlog->setEnabled(false);
}

void StatusStrip::showNode()
{
    switch (m_node) {
    case Node::None:
        m_nodeLabel->setTone(m_liveNodes > 0 ? Tone::Neutral : Tone::Warning);
        m_nodeLabel->setText(m_liveNodes > 0
                                 ? tr("Attached, %n node(s) running", nullptr, static_cast<int>(m_liveNodes))
                                 : tr("Attached, no node is running: nothing is sent"));
        break;
    case Node::Starting:
        m_nodeLabel->setTone(Tone::Neutral);
        m_nodeLabel->setText(tr("Node: starting"));
        break;
    case Node::Ready:
        m_nodeLabel->setTone(Tone::Good);
        m_nodeLabel->setText(tr("Node: ready"));
        break;
    case Node::Lost:
        m_nodeLabel->setTone(Tone::Bad);
        m_nodeLabel->setText(tr("Node: not ready, nothing is sent from here"));
        break;
    case Node::Stopping:
        m_nodeLabel->setTone(Tone::Warning);
        m_nodeLabel->setText(tr("Node: finishing its requests"));
        break;
    }
}

void StatusStrip::showRights()
{
    const auto& access = m_rights.access();
    m_user->setVisible(access.has_value());
    if (access) {
        m_user->setTone(access->role ? Tone::Neutral : Tone::Bad);
        m_user->setText(
            tr("%1 (%2)", "login and role")
                .arg(access->login, access->role ? QString(toText(*access->role)) : tr("no role")));
        m_user->setToolTip(tr("The login in the database, and its role there"));
    }
    if (!m_isConnected)
        return; // that it is slow or lost is said first
    const bool isReadOnly = access && access->isReadOnly;
    m_database->setTone(isReadOnly ? Tone::Warning : Tone::Good);
    m_database->setText(isReadOnly ? tr("Database: read-only") : tr("Database: connected"));
    m_database->setToolTip(isReadOnly ? m_rights.notice() : QString());
}

void StatusStrip::showTime()
{
    const Instant now = std::chrono::floor<std::chrono::seconds>(m_clock.now());
    m_time->setText(clockText(now, m_zone) + u' ' + zoneText(now, m_zone));
    m_time->setToolTip(timeToolTip(now, m_zone));
}

} // namespace punctual::ui
