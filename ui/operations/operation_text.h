// SPDX-License-Identifier: GPL-3.0-or-later
// The words for bulk operations: what they do, on which messages, how far they are and what came of it.
#pragma once

#include "core/operation.h"
#include "ui/common/state_color.h"

#include <QTimeZone>

namespace punctual::ui
{

/// "Cancel", "Send again"; of an undo what it undoes.
[[nodiscard]] QString actionName(OperationAction action);
[[nodiscard]] QString actionText(const Operation& operation);

[[nodiscard]] QString stateName(OperationState state);
[[nodiscard]] Tone toneOf(OperationState state);

/// On which messages, in one line: "Dead, orders, due 1 Dec 2026 10:00:00 CET to 10:20:00".
[[nodiscard]] QString filterText(const MessageFilter& filter, const QTimeZone& zone);
/// The same of the JSON that an operation keeps.
[[nodiscard]] QString filterText(const QJsonObject& filter, const QTimeZone& zone);

/// How it does it: "as a canary, 50 a second at most". Empty: at once.
[[nodiscard]] QString optionsText(const QJsonObject& options, const QTimeZone& zone);

/// "120 of 500"
[[nodiscard]] QString progressText(const Operation& operation);
/// 0 to 1
[[nodiscard]] double progressOf(const Operation& operation);

/// What became of the messages in a line, what worked first: "12 cancelled, 1 not touched: Delivered".
[[nodiscard]] QString verdictsText(const Operation& operation);

} // namespace punctual::ui
