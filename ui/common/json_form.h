// SPDX-License-Identifier: GPL-3.0-or-later
// JSON laid out for reading.
#pragma once

#include <QByteArray>

namespace punctual::ui
{

/// Valid JSON with one member a line. Members keep their order and numbers their digits.
[[nodiscard]] QByteArray indented(const QByteArray& json);

} // namespace punctual::ui
