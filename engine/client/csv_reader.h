// SPDX-License-Identifier: GPL-3.0-or-later
// Reads comma-separated values (RFC 4180), a record at a time: fields may be in quotes, and then hold commas,
// line ends and quotes that are doubled.
#pragma once

#include <QIODevice>
#include <QStringList>

#include <optional>

namespace punctual::client
{

struct CsvRecord
{
    qint64 line = 0; // its first
    QByteArray text; // as it stands there, with its line end
    QStringList fields;
    bool isBroken = false; // it is no text in UTF-8, or its quotes are not as they should be
};

class CsvReader
{
public:
    /// `device` is open and has to outlive this.
    explicit CsvReader(QIODevice& device);

    /// Lines with nothing on them are passed over; nothing at the end.
    [[nodiscard]] std::optional<CsvRecord> next();

private:
    QIODevice& m_device;
    qint64 m_line = 0;
};

} // namespace punctual::client
