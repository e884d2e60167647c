// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a page up to date while it is visible: asks, waits for the answer, waits a while and asks again. So a
// question never goes out while another one is open, and a hidden page asks nothing. GUI thread.
#pragma once

#include <QObject>
#include <QTimer>

#include <functional>

class QWidget;

namespace punctual::ui
{

class Refresher : public QObject
{
    Q_OBJECT

public:
    /// `ask` sends the question; answered() has to be called whatever comes of it. Belongs to `page`.
    Refresher(QWidget& page, std::chrono::milliseconds distance, std::function<void()> ask);

    /// The time from an answer to the next question.
    void setDistance(std::chrono::milliseconds distance);
    void setPaused(bool paused);

    /// Asks now, or as soon as the open question is answered.
    void refresh();
    /// The same even while it is paused: somebody chose to see something else.
    void refreshOnce();
    void answered();

Q_SIGNALS:
    /// No answer has come for some seconds.
    void late();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void ask();

    QWidget& m_page;
    std::function<void()> m_ask;
    QTimer m_next;
    QTimer m_patience;
    bool m_isOpen = false;
    bool m_again = false;
    bool m_isPaused = false;
    bool m_isOnce = false; // the next question goes out even so
};

} // namespace punctual::ui
