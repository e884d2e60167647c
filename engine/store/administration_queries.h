// SPDX-License-Identifier: GPL-3.0-or-later
// What those ask who run an installation: tokens and the audit.
#pragma once

#include "core/audit.h"
#include "core/token_record.h"
#include "store/connection.h"

namespace punctual::store
{

/// `hash` is the SHA-256 of its secret. Conflict if there is one of this name.
[[nodiscard]] Result<void> makeToken(Connection& connection, const NewToken& token, const QByteArray& hash);
/// NotFound if there is none that is not revoked yet.
[[nodiscard]] Result<void> revokeToken(Connection& connection, const QString& name);
/// Those that are revoked or expired as well; the oldest first.
[[nodiscard]] Result<std::vector<TokenRecord>> tokens(Connection& connection);

/// The newest first.
[[nodiscard]] Result<std::vector<AuditEntry>> audit(Connection& connection, const AuditFilter& filter,
                                                    int limit);
/// Works out anew up to `limit` seals behind number `after`.
[[nodiscard]] Result<std::vector<AuditSeal>> checkSeals(Connection& connection, qint64 after, int limit);

} // namespace punctual::store
