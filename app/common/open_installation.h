// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the installation that the settings name, with the keys of its secrets.
#pragma once

#include "app/common/secret_keys.h"
#include "app/common/settings.h"
#include "client/installation.h"

namespace punctual::app
{

/// Blocks; errors as Installation::open and loadSecretKeys. Where there is no key one is made for the private
/// cluster, whatever `whenNoKey` says: nobody else uses it.
[[nodiscard]] Result<client::Installation> openInstallation(const Settings& settings, WhenNoKey whenNoKey);

} // namespace punctual::app
