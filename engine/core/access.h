// SPDX-License-Identifier: GPL-3.0-or-later
// What a login may do in the database at this moment.
#pragma once

#include "core/actor.h"

namespace punctual
{

struct Access
{
    QString login;              // of PostgreSQL
    std::optional<Role> role{}; // the highest that it has; absent: none of Punctual's
    bool isReadOnly = false;    // no transaction changes anything there
    bool isStandby = false;     // because it is a copy that follows another server
};

} // namespace punctual
