// SPDX-License-Identifier: GPL-3.0-or-later
// What the command line program writes to standard output.
#pragma once

#include "core/result.h"

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

/// Bytes as they are. What fails here is told by whetherWritten(): a command need not ask after every line.
void write(const QByteArray& bytes);

/// Whether all of it has reached its place so far; the error names the reason, such as a disk that is full.
[[nodiscard]] Result<void> whetherWritten();

/// Columns as wide as their widest cell, two spaces apart. The first row is the heading.
[[nodiscard]] QString aligned(const std::vector<QStringList>& rows);

} // namespace punctual::ctl
