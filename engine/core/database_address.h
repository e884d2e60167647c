// SPDX-License-Identifier: GPL-3.0-or-later
// Where the database is.
#pragma once

#include "core/secret_key.h"

#include <QString>

namespace punctual
{

struct DatabaseAddress
{
    /// A connection string as libpq takes it: a URI (postgresql://…) or keywords (host=… dbname=…). It
    /// may hold a password: it is never logged or shown.
    QString conninfo;
    /// What the secrets in it are sealed with. Without keys they can neither be read nor set.
    SecretKeys secretKeys = {};
};

} // namespace punctual
