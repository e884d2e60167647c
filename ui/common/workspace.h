// SPDX-License-Identifier: GPL-3.0-or-later
// What every page is given: the facade, who acts, what they may do, the time, how to ask a person, and the
// zone that times are read in. All of it outlives the pages and lives in the GUI thread.
#pragma once

#include "client/client.h"
#include "core/clock.h"

#include <QTimeZone>

namespace punctual::ui
{

class Dialogs;
class Rights;

struct Workspace
{
    client::Client& client;
    const Clock& clock;
    Dialogs& dialogs;
    Actor actor;
    QTimeZone zone;
    Rights& rights;
};

} // namespace punctual::ui
