// SPDX-License-Identifier: GPL-3.0-or-later
// From settings to the options of the rooms: for each program that holds a node.
#pragma once

#include "api/server.h"
#include "app/common/settings.h"
#include "client/installation.h"
#include "runtime/node_host.h"

namespace punctual::app
{

[[nodiscard]] api::ServerOptions serverOptions(const Settings& settings);

/// The installation, made ready for a node: with a first token, and the retention of the settings if they
/// have one. Blocks; errors as Installation::open.
[[nodiscard]] Result<client::Installation> openForNode(const Settings& settings);

/// Named after this machine and process.
[[nodiscard]] runtime::NodeOptions nodeOptions();

/// Where the REST API is, with the port that it really got.
[[nodiscard]] QString apiUrl(const Settings& settings, quint16 port);

} // namespace punctual::app
