// SPDX-License-Identifier: GPL-3.0-or-later
// Reads messages to schedule out of a file, one after the other: NDJSON, where each line is the object that
// the REST API takes, or CSV, where the first line names its fields.
#pragma once

#include "client/csv_reader.h"
#include "core/message.h"
#include "core/message_json.h"
#include "core/result.h"

#include <QCoreApplication>

#include <variant>

namespace punctual::client
{

enum class MessageFormat { Ndjson, Csv };

/// A line that is right is a message, one that is not says why.
struct MessageLine
{
    qint64 number = 0;
    QByteArray text; // as it stands there, with its line end
    NewMessage message;
    std::vector<FieldError> errors; // empty: the message is right as far as can be told without the database
};

class MessageSource
{
    Q_DECLARE_TR_FUNCTIONS(MessageSource)

public:
    /// `device` is open and has to outlive this. `destination`: of lines that name none; may be empty.
    MessageSource(QIODevice& device, MessageFormat format, QString destination);

    [[nodiscard]] std::optional<MessageLine> next();

    /// The line that names the fields; empty for NDJSON.
    [[nodiscard]] const QByteArray& heading() const { return m_heading; }

private:
    [[nodiscard]] std::optional<MessageLine> nextObject();
    [[nodiscard]] std::optional<MessageLine> nextRecord();
    [[nodiscard]] bool readHeading();
    void read(QJsonObject object, const QByteArray& json, MessageLine& line) const;

    QIODevice& m_device;
    MessageFormat m_format;
    QString m_destination;
    qint64 m_line = 0;
    CsvReader m_csv;
    QStringList m_fields; // of CSV
    QByteArray m_heading;
};

} // namespace punctual::client
