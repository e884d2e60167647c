// SPDX-License-Identifier: GPL-3.0-or-later
// Tells systemd how this program is doing (sd_notify(3)). Does nothing where there is no systemd.
#pragma once

#include <QString>

namespace punctual::app
{

class ServiceNotifier
{
public:
    void ready();
    void stopping();
    /// Feeds the watchdog. To be called from what may hang, not from a timer of its own.
    void alive();
    /// One line for `systemctl status`.
    void status(const QString& text);
};

} // namespace punctual::app
