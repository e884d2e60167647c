// SPDX-License-Identifier: GPL-3.0-or-later
// Tells systemd how this program is doing (sd_notify(3)). Nothing happens where there is no systemd.
#pragma once

#include <QString>

namespace punctual::app::systemd
{

void notifyReady();
void notifyStopping();
/// Feeds the watchdog. To be called from what may hang, not from a timer of its own.
void notifyAlive();
/// One line for `systemctl status`.
void notifyStatus(const QString& text);

} // namespace punctual::app::systemd
