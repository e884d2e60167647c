// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/service_notifier.h"

#include <systemd/sd-daemon.h>

namespace punctual::app
{

void ServiceNotifier::ready()
{
    ::sd_notify(0, "READY=1");
}

void ServiceNotifier::stopping()
{
    ::sd_notify(0, "STOPPING=1\nSTATUS=Requests in flight finish");
}

void ServiceNotifier::alive()
{
    ::sd_notify(0, "WATCHDOG=1");
}

void ServiceNotifier::status(const QString& text)
{
    ::sd_notify(0, ("STATUS=" + text.toUtf8()).constData());
}

} // namespace punctual::app
