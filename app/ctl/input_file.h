// SPDX-License-Identifier: GPL-3.0-or-later
// Arguments that name a file to read.
#pragma once

#include <QByteArray>
#include <QString>

namespace punctual::ctl
{

/// What is in the file, or in standard input for "-". Of more than `most` bytes it gives one more than that,
/// enough to refuse it. Refuses `argument` if it cannot be read.
[[nodiscard]] QByteArray readInput(const char* argument, const QString& path, qint64 most);

/// The same as text in UTF-8, without the line end that editors leave at the end; `most` is the limit.
[[nodiscard]] QString readTextInput(const char* argument, const QString& path, qint64 most);

} // namespace punctual::ctl
