// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/access_queries.h"

namespace punctual::store
{

/// A membership that a login would have to switch to first (NOINHERIT) gives it nothing.
Result<Access> access(Connection& connection)
{
    Access access;
    return connection
        .select(QStringLiteral(
                    "SELECT current_user, (SELECT word FROM unnest(ARRAY['admin', 'operator', 'viewer']) "
                    "WITH ORDINALITY AS role (word, place) "
                    "WHERE pg_has_role(CAST('punctual_' || word AS name), 'USAGE') ORDER BY place LIMIT 1), "
                    "current_setting('transaction_read_only') = 'on', pg_is_in_recovery()"),
                {},
                [&](const QSqlQuery& row) {
                    access = {row.value(0).toString(), parseRole(row.value(1).toString()),
                              row.value(2).toBool(), row.value(3).toBool()};
                })
        .map([&] { return access; });
}

} // namespace punctual::store
