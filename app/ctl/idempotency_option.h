// SPDX-License-Identifier: GPL-3.0-or-later
// --idempotency-key: a command that is repeated with the same key does what it did before, and nothing more.
#pragma once

#include "app/common/command_parser.h"
#include "client/client.h"

#include <QJsonObject>

namespace punctual::ctl
{

/// `key` has to outlive the parsing.
void addIdempotencyKey(app::CommandParser& command, QString& key);

/// The key with what it stands for; nothing without a key.
[[nodiscard]] std::optional<client::Idempotency> idempotencyOf(const QString& key,
                                                               const QJsonObject& request);

} // namespace punctual::ctl
