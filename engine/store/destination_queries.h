// SPDX-License-Identifier: GPL-3.0-or-later
// What clients and nodes ask about destinations and tokens.
#pragma once

#include "core/actor.h"
#include "core/destination.h"
#include "store/connection.h"

#include <optional>
#include <vector>

namespace punctual::store
{

[[nodiscard]] Result<std::vector<Destination>> destinations(Connection& connection);
/// NotFound if there is none.
[[nodiscard]] Result<Destination> destination(Connection& connection, const QString& name);
/// Gives whether it was created. With a version it replaces only that one, else Conflict.
[[nodiscard]] Result<bool> putDestination(Connection& connection, const Destination& destination,
                                          std::optional<qint64> version = std::nullopt);
/// Before something is sealed: what is sealed with a key that the nodes do not have is lost to them, so it
/// has to be one that opens what is sealed already, apart from the destination `but`. Unsupported if it is
/// not.
[[nodiscard]] Result<void> checkKey(Connection& connection, const QString& but = {});
/// Seals with the current key what another one sealed, in destinations and in messages. Gives how many
/// destinations that were; fails at the
/// first whose key is not here.
[[nodiscard]] Result<int> resealSecrets(Connection& connection);
[[nodiscard]] Result<void> removeDestination(Connection& connection, const QString& name);
[[nodiscard]] Result<void> pauseDestination(Connection& connection, const QString& name,
                                            std::optional<Instant> until);
[[nodiscard]] Result<void> resumeDestination(Connection& connection, const QString& name);

/// `hash` is the SHA-256 of a token. Unauthenticated if none has it.
[[nodiscard]] Result<Token> authenticate(Connection& connection, const QByteArray& hash);
/// Gives whether there was no token before.
[[nodiscard]] Result<bool> makeFirstToken(Connection& connection, const QString& name,
                                          const QByteArray& hash);

} // namespace punctual::store
