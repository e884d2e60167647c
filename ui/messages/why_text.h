// SPDX-License-Identifier: GPL-3.0-or-later
// Why a message has not gone yet in a person's words, with times in the person's zone.
#pragma once

#include "core/why.h"

#include <QTimeZone>

namespace punctual::ui
{

/// One or two sentences; the second says when it is expected to leave, if anybody can know.
[[nodiscard]] QString whyText(const Why& why, Instant now, const QTimeZone& zone);

} // namespace punctual::ui
