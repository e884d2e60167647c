// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the installation that the settings name, with the keys of its secrets.
#pragma once

#include "app/common/secret_keys.h"
#include "app/common/settings.h"
#include "client/installation.h"

namespace punctual::app
{

/// Blocks; errors as Installation::open and loadSecretKeys. Where there is no key one is made; a database
/// that has secrets of another key refuses it when it is used first.
[[nodiscard]] Result<client::Installation> openInstallation(const Settings& settings);

} // namespace punctual::app
