// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/message.h"

#include <QSqlQuery>

namespace punctual::store
{

/// The columns of a message `m` without its content, as readMessage expects them.
inline constexpr QLatin1StringView messageColumns(
    "m.id, m.destination, m.state, m.priority, m.key, m.tags, punctual.micros(m.due_at), "
    "CASE WHEN punctual.is_waiting(m.state) THEN punctual.micros(m.next_attempt_at) END, "
    "punctual.micros(m.created_at), punctual.micros(m.updated_at), "
    "punctual.micros(m.finished_at), m.attempts, m.max_attempts, m.expires_after_ms, m.replay_of, "
    "punctual.micros(m.claimed_at), m.last_status, m.last_error, m.cancelled_by, octet_length(m.body), "
    "m.retry");
inline constexpr int contentColumn = 21; // the first one behind them

[[nodiscard]] Message readMessage(const QSqlQuery& row);

} // namespace punctual::store
