// SPDX-License-Identifier: GPL-3.0-or-later
// Which destinations a call reaches, for tokens that are limited to some. What is not known here reaches
// everything, and so is closed to them: a new route has to be let in by name.
#pragma once

#include "api/route.h"

namespace punctual::api
{

enum class Reach {
    Nothing,     // of any destination
    Destination, // the one in the path
    Message,     // the one of the message in the path
    Asked,       // those that the call asks for: its handler looks
    Everything,
};

[[nodiscard]] Reach reachOf(const Route& route);

/// Whether the caller's token reaches it. Without a name it means all of them.
[[nodiscard]] bool mayReach(const Call& call, const QString& destination);

/// The problem of a token that is limited to these.
[[nodiscard]] Response outOfReach(const QStringList& destinations);

/// What can be told from the path: the answer to a call that reaches further than these destinations; nothing
/// if it may go on. An empty list is no limit.
[[nodiscard]] std::optional<Response> refusedReach(const Route& route, const PathParameters& parameters,
                                                   const QStringList& destinations);

/// Hands the call to its handler, once it is known that the message in its path is within reach.
void withinReach(const Route& route, const CallPointer& call);

} // namespace punctual::api
