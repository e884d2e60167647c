// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a text is JSON (RFC 8259), and if not, where and why. QJsonDocument lets some mistakes pass and
// does not say exactly where the others are.
#pragma once

#include <QString>

#include <optional>

namespace punctual::ui
{

/// Line and column are counted from 1, columns in characters.
struct JsonProblem
{
    int line = 1;
    int column = 1;
    QString reason;
};

/// Nothing for valid JSON: one value of any kind.
[[nodiscard]] std::optional<JsonProblem> problemOfJson(const QString& text);

} // namespace punctual::ui
