// SPDX-License-Identifier: GPL-3.0-or-later
// Values for tests that state only what matters; everything else is ordinary and valid.
#pragma once

#include "core/actor.h"
#include "core/destination.h"
#include "core/message.h"

namespace punctual::test
{

/// 2026-12-01T09:00:00Z and this much later.
[[nodiscard]] Instant at(Duration later = {});

/// A message with an id of its own, due now, with the body {"order":7}.
[[nodiscard]] NewMessage messageFor(const QString& destination,
                                    std::variant<Instant, Duration> due = Duration{});

/// A destination on the loopback that is tried again quickly and without jitter.
[[nodiscard]] Destination destinationAt(const QString& url, const QString& name = QStringLiteral("orders"));

[[nodiscard]] Actor someActor(Role role = Role::Admin);

} // namespace punctual::test
