// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of a dashboard as a table for other programs (RFC 4180): a row a step, numbers with a point,
// times in UTC.
#pragma once

#include "core/figures.h"

namespace punctual::ui
{

[[nodiscard]] QByteArray csvOf(const Figures& figures);

} // namespace punctual::ui
