// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON form of what clients ask about lanes, as REST and the command line write it.
#pragma once

#include "client/quota_now.h"
#include "core/blocked_key.h"
#include "core/quota_history.h"

#include <QJsonObject>

namespace punctual
{

[[nodiscard]] QJsonObject toJson(const BlockedKey& key);
[[nodiscard]] QJsonObject toJson(const QuotaMinute& minute);
[[nodiscard]] QJsonObject toJson(const QuotaNow& quota);

/// An opaque text for URLs that stands for the last key of a page, and back.
[[nodiscard]] QString keyCursor(const QString& key);
[[nodiscard]] std::optional<QString> parseKeyCursor(const QString& text);

} // namespace punctual
