// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a file without keeping the window waiting.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

#include <functional>

namespace punctual::ui
{

/// Makes the bytes and writes them on another thread: all of them or none. Then `done` is called in the
/// thread of `context`, unless that is gone, with what went wrong; empty if nothing did.
void writeInBackground(const QString& path, std::function<QByteArray()> make, QObject* context,
                       std::function<void(const QString&)> done);

} // namespace punctual::ui
