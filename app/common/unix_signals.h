// SPDX-License-Identifier: GPL-3.0-or-later
// SIGTERM and SIGINT as a Qt signal. The second of them ends the process at once, as if nobody had
// asked for the first: a stop that hangs can be broken off.
//
// Lives in the thread that made it. One at a time in a process.
#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace punctual::app
{

class UnixSignals : public QObject
{
    Q_OBJECT

public:
    explicit UnixSignals(QObject* parent = nullptr);
    ~UnixSignals() override; // the signals end the process again

Q_SIGNALS:
    void stopRequested();

private:
    int m_event; // an eventfd(2) that the signal handler writes to
    QSocketNotifier m_notifier;
};

} // namespace punctual::app
