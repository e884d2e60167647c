// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the socket that the REST server listens on.
#pragma once

#include "core/result.h"

#include <QHostAddress>

namespace punctual::api
{

struct ListeningSocket
{
    int descriptor = -1; // the caller closes it
    quint16 port = 0;
};

/// Port 0 takes any free one. QHostAddress::Any is IPv4 and IPv6 where the machine has both.
[[nodiscard]] Result<ListeningSocket> listenOn(const QHostAddress& address, quint16 port);

/// A Unix socket, for its owner and group (mode 0660). A file that a server left behind is replaced; one that
/// somebody listens on is not, and neither is anything else.
[[nodiscard]] Result<ListeningSocket> listenOnFile(const QString& path);

} // namespace punctual::api
