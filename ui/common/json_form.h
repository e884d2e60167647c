// SPDX-License-Identifier: GPL-3.0-or-later
// JSON as a person types and reads it.
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace punctual::ui
{

/// Where and why a text is not JSON. Line and column are counted from 1, columns in characters.
struct JsonProblem
{
    int line = 1;
    int column = 1;
    QString reason;
};

/// Nothing for valid JSON: one value of any kind (RFC 8259).
[[nodiscard]] std::optional<JsonProblem> problemOfJson(const QString& text);

/// Valid JSON with one member a line. Members keep their order and numbers their digits.
[[nodiscard]] QByteArray indented(const QByteArray& json);

} // namespace punctual::ui
