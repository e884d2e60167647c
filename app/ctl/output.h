// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line program writes to standard output.
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace punctual::ctl
{

/// The text without control characters but line feeds and tabs: what somebody else wrote cannot steer
/// the terminal.
[[nodiscard]] QString printable(const QString& text);

/// One line, printable.
void print(const QString& text);

/// One line of compact JSON.
void print(const QJsonObject& object);

/// Bytes as they are.
void write(const QByteArray& bytes);

/// Columns as wide as their widest cell, two spaces apart. The first row is the heading.
[[nodiscard]] QString aligned(const std::vector<QStringList>& rows);

} // namespace punctual::ctl
