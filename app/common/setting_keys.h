// SPDX-License-Identifier: GPL-3.0-or-later
// The keys that a setting can be given by, and what each of them accepts: the one list that flags,
// environment and file share.
#pragma once

#include "app/common/settings.h"

#include <span>

namespace punctual::app
{

struct SettingKey
{
    enum class Kind { Text, Number, Switch };

    QString name; // in the file: "api.listen"
    QString flag; // empty: it has none
    Kind kind;    // of the value in the file; from elsewhere all are texts
    /// Puts the value where it belongs; or says what is wrong with it, as the end of a sentence that
    /// begins with the key.
    std::optional<QString> (*apply)(const QString& text, Settings& settings);
};

[[nodiscard]] std::span<const SettingKey> settingKeys();

/// "api.listen" is PUNCTUAL_API_LISTEN.
[[nodiscard]] QString variableOf(const SettingKey& key);

} // namespace punctual::app
