// SPDX-License-Identifier: GPL-3.0-or-later
// The request that a third party gets for a message, for people to read or to try by hand. Credentials are
// never in it: the mark of a hidden value stands in their places.
#pragma once

#include "core/destination.h"

namespace punctual::ui
{

struct RequestOutline
{
    MessageId id;
    Instant dueAt;
    int attempt = 1;
    Content content;
};

/// Method, URL, headers and body as HTTP writes them.
[[nodiscard]] QString requestText(const RequestOutline& request, const Destination& destination);

/// A command for a POSIX shell. The third party takes its request for the same message, because the
/// idempotency key is the same.
[[nodiscard]] QString curlCommand(const RequestOutline& request, const Destination& destination);

} // namespace punctual::ui
