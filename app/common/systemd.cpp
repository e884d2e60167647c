// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/systemd.h"

#include <systemd/sd-daemon.h>

namespace punctual::app::systemd
{

void notifyReady()
{
    ::sd_notify(0, "READY=1");
}

void notifyStopping()
{
    ::sd_notify(0, "STOPPING=1");
}

void notifyAlive()
{
    ::sd_notify(0, "WATCHDOG=1");
}

void notifyStatus(const QString& text)
{
    ::sd_notify(0, ("STATUS=" + text.toUtf8()).constData());
}

} // namespace punctual::app::systemd
