// SPDX-License-Identifier: GPL-3.0-or-later
// An application that measures every event of the GUI thread.
#pragma once

#include <QApplication>

#include <chrono>

namespace punctual::test
{

class WatchedApplication : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override;

    /// Forgets what was measured.
    void begin();

    struct Slowest
    {
        std::chrono::microseconds work{};    // time of the processor, which other programs do not lengthen
        std::chrono::microseconds elapsed{}; // on the clock: waiting counts
        QByteArray workOf{};                 // the receiver's class and the event's number
        QByteArray elapsedOf{};
        qint64 events = 0;
    };
    [[nodiscard]] const Slowest& slowest() const { return m_slowest; }

private:
    Slowest m_slowest;
    bool m_isInside = false; // events that an event sends count with it
};

} // namespace punctual::test
