// SPDX-License-Identifier: GPL-3.0-or-later
// JSON values of the audit as text.
#pragma once

#include <QByteArray>
#include <QJsonValue>

namespace punctual::ui
{

/// Compact; nothing for null.
[[nodiscard]] QByteArray jsonText(const QJsonValue& value);

} // namespace punctual::ui
