// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON form of the audit and of tokens, as REST and the command line write it.
#pragma once

#include "core/audit.h"
#include "core/token_record.h"

#include <QJsonObject>

namespace punctual
{

[[nodiscard]] QJsonObject toJson(const AuditEntry& entry);
[[nodiscard]] QJsonObject toJson(const AuditSeal& seal);
[[nodiscard]] QJsonObject toJson(const TokenRecord& token);

} // namespace punctual
