// SPDX-License-Identifier: GPL-3.0-or-later
// The verdict of a cancel in a person's words.
#pragma once

#include "core/cancel_verdict.h"

#include <QTimeZone>

namespace punctual::ui
{

[[nodiscard]] QString verdictText(const CancelVerdict& verdict, const QTimeZone& zone);

} // namespace punctual::ui
