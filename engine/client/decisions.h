// SPDX-License-Identifier: GPL-3.0-or-later
// What people decide about single messages, in the transaction of the connection.
#pragma once

#include "client/move_verdict.h"
#include "core/result.h"
#include "store/connection.h"

namespace punctual::client
{

/// InvalidInput for a state that an unknown message cannot get.
[[nodiscard]] Result<MoveVerdict> resolve(store::Connection& connection, const MessageId& id,
                                          MessageState state);

[[nodiscard]] Result<MoveVerdict> restore(store::Connection& connection, const MessageId& id);

} // namespace punctual::client
