// SPDX-License-Identifier: GPL-3.0-or-later
// The headers of a message as the database keeps them: [[name, value], …], so that their order stays. The
// value of a secret one (core/header.h) is {"sealed": base64}, sealed for its name and destination.
#pragma once

#include "core/message.h"
#include "store/connection.h"

namespace punctual::store
{

/// Whether any of these is sealed by writeHeaders.
[[nodiscard]] bool haveSecrets(const std::vector<Header>& headers);

/// JSON: a list of pairs, each a name and a value or {"sealed": …}. Null if there are none. Unsupported
/// without a key to seal a secret one with.
[[nodiscard]] Result<std::optional<QByteArray>>
writeHeaders(const std::vector<Header>& headers, const QString& destination, const SecretBox& box);

/// Those that a message is to have instead of its own; "[]" if there are none. Sealed for `destination`, or
/// if that is empty for the message's own.
[[nodiscard]] Result<QByteArray> newHeaders(Connection& connection, const MessageId& id, QString destination,
                                            const std::vector<Header>& headers);

/// To be shown: the values of secret ones are empty.
[[nodiscard]] std::vector<Header> readHeaders(const QByteArray& json);

/// To be sent. The error says which one cannot be opened and why.
[[nodiscard]] Result<std::vector<Header>> openHeaders(const QByteArray& json, const QString& destination,
                                                      const SecretBox& box);

/// The same headers, sealed with the current key; null if they are so already.
[[nodiscard]] Result<std::optional<QByteArray>>
resealHeaders(const QByteArray& json, const QString& destination, const SecretBox& box);

} // namespace punctual::store
