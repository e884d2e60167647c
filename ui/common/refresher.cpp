// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/refresher.h"

#include <QEvent>
#include <QWidget>

namespace punctual::ui
{

using namespace std::chrono_literals;

Refresher::Refresher(QWidget& page, std::chrono::milliseconds distance, std::function<void()> ask)
    : QObject(&page)
    , m_page(page)
    , m_ask(std::move(ask))
{
    m_next.setSingleShot(true);
    m_next.setInterval(distance);
    m_patience.setSingleShot(true);
    m_patience.setInterval(4s);
    connect(&m_next, &QTimer::timeout, this, &Refresher::ask);
    connect(&m_patience, &QTimer::timeout, this, &Refresher::late);
    page.installEventFilter(this);
}

void Refresher::setDistance(std::chrono::milliseconds distance)
{
    m_next.setInterval(distance);
}

void Refresher::setPaused(bool paused)
{
    m_isPaused = paused;
    if (!paused)
        refresh();
}

void Refresher::refresh()
{
    m_again = m_isOpen;
    if (!m_isOpen && m_page.isVisible())
        ask();
}

void Refresher::refreshOnce()
{
    m_isOnce = true;
    refresh();
}

void Refresher::answered()
{
    m_isOpen = false;
    m_patience.stop();
    if (!m_page.isVisible())
        return;
    if (m_again)
        refresh();
    else
        m_next.start();
}

bool Refresher::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show)
        QTimer::singleShot(0, this, &Refresher::refresh); // it is visible by then
    else if (event->type() == QEvent::Hide)
        m_next.stop();
    return QObject::eventFilter(watched, event);
}

void Refresher::ask()
{
    m_next.stop();
    if ((m_isPaused && !m_isOnce) || m_isOpen || !m_page.isVisible())
        return;
    m_isOpen = true;
    m_isOnce = false;
    m_again = false;
    m_patience.start();
    m_ask();
}

} // namespace punctual::ui
