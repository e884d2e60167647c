// SPDX-License-Identifier: GPL-3.0-or-later
// Who the connection is in the database, and what it may do there.
#pragma once

#include "core/access.h"
#include "store/connection.h"

namespace punctual::store
{

[[nodiscard]] Result<Access> access(Connection& connection);

} // namespace punctual::store
