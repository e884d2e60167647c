// SPDX-License-Identifier: GPL-3.0-or-later
// --idempotency-key: a command that is repeated with the same key does what it did before, and nothing more.
#pragma once

#include "client/client.h"

#include <QJsonObject>

#include <CLI/CLI.hpp>

namespace punctual::ctl
{

/// `key` has to outlive the parsing.
CLI::Option* addIdempotencyKey(CLI::App& command, std::string& key);

/// The key with what it stands for; nothing without a key.
[[nodiscard]] std::optional<client::Idempotency> idempotencyOf(const std::string& key,
                                                               const QJsonObject& request);

} // namespace punctual::ctl
