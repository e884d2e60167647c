// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON form of nodes and figures, as REST and the command line write it.
#pragma once

#include "core/figures.h"

#include <QJsonObject>

namespace punctual
{

[[nodiscard]] QJsonObject toJson(const NodeStatus& node);
[[nodiscard]] QJsonObject toJson(const WindowFigures& figures);

} // namespace punctual
