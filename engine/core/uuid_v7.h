// SPDX-License-Identifier: GPL-3.0-or-later
// Message ids: UUID version 7 (RFC 9562, section 5.7), which sort by the time they were made and so
// keep index pages hot.
#pragma once

#include "core/time.h"

#include <QUuid>

namespace punctual
{

/// A fresh id. Within one process ids of the same millisecond keep the order in which they were made
/// (RFC 9562, section 6.2, method 1: a counter in rand_a). Any thread.
[[nodiscard]] QUuid makeUuidV7(Instant now);

/// The millisecond that is written in a version 7 id.
[[nodiscard]] Instant timeOf(const QUuid& uuidV7);

/// Lower case, without braces: the only written form that Punctual uses.
[[nodiscard]] inline QString toText(const QUuid& uuid)
{
    return uuid.toString(QUuid::WithoutBraces);
}

} // namespace punctual
