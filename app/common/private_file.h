// SPDX-License-Identifier: GPL-3.0-or-later
// Files that only their owner may read (mode 0600), made and changed in one step: a reader, or a machine that
// stops, finds the old content or the new one. All errors are Unsupported and name the file.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace punctual::app
{

/// Refused when others than the owner may read or write it, or when it is a symbolic link.
[[nodiscard]] Result<QByteArray> readPrivateFile(const QString& path);

/// Makes it with `text`, and its directory. Leaves one that is there already: then it is another's, whole.
[[nodiscard]] Result<void> createPrivateFile(const QString& path, const QByteArray& text);

/// Lets `change` have the content, empty if there is no file yet, and puts what it leaves in its place.
/// Others that change a file of the same directory wait.
[[nodiscard]] Result<void> changePrivateFile(const QString& path,
                                             const std::function<Result<void>(QByteArray&)>& change);

} // namespace punctual::app
