// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/open_installation.h"

namespace punctual::app
{

Result<client::Installation> openInstallation(const Settings& settings)
{
    return loadSecretKeys(settings.dataDir, QProcessEnvironment::systemEnvironment())
        .and_then([&](const SecretKeys& keys) {
            return client::Installation::open({settings.databaseUrl, settings.dataDir, keys});
        });
}

} // namespace punctual::app
