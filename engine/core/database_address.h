// SPDX-License-Identifier: GPL-3.0-or-later
// Where the database is.
#pragma once

#include <QString>

namespace punctual
{

struct DatabaseAddress
{
    /// A connection string as libpq takes it: a URI (postgresql://…) or keywords (host=… dbname=…). It
    /// may hold a password: it is never logged or shown.
    QString conninfo;
};

} // namespace punctual
