// SPDX-License-Identifier: GPL-3.0-or-later
// Arguments that name a file to read.
#pragma once

#include <QByteArray>
#include <QJsonObject>

#include <optional>
#include <string>

namespace punctual::ctl
{

/// What is in the file, or in standard input for "-". Of more than `most` bytes it gives one more than that,
/// enough to refuse it. Throws CLI::ValidationError in the name of `argument` if it cannot be read.
[[nodiscard]] QByteArray readInput(const std::string& argument, const std::string& path, qint64 most);

/// The same as text in UTF-8, without the line end that editors leave at the end; `most` is the limit.
[[nodiscard]] QString readTextInput(const std::string& argument, const std::string& path, qint64 most);

/// Puts what --body or --body-file gave into the fields of a request, and its type if none was given; nothing
/// without either. Throws as readInput().
void insertBody(QJsonObject& fields, const std::optional<std::string>& body,
                const std::optional<std::string>& bodyFile);

} // namespace punctual::ctl
