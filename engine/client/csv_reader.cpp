// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/csv_reader.h"

namespace punctual::client
{

namespace
{

/// A quote that is never closed must not read the rest of a large file into memory.
constexpr qsizetype longestRecord = qsizetype{4} * 1024 * 1024;

QByteArrayView withoutLineEnd(QByteArrayView line)
{
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

/// Takes the fields apart; false if a quote stands where none may.
bool split(QByteArrayView line, QStringList& fields)
{
    qsizetype at = 0;
    for (;;) {
        QByteArray field;
        if (at < line.size() && line[at] == '"') {
            for (++at;; ++at) {
                if (at >= line.size())
                    return false;
                if (line[at] != '"')
                    field += line[at];
                else if (at + 1 < line.size() && line[at + 1] == '"')
                    field += line[++at];
                else
                    break;
            }
            ++at;
            if (at < line.size() && line[at] != ',')
                return false;
        } else {
            for (; at < line.size() && line[at] != ','; ++at) {
                if (line[at] == '"')
                    return false;
                field += line[at];
            }
        }
        fields.append(QString::fromUtf8(field));
        if (at >= line.size())
            return true;
        ++at; // the comma
    }
}

} // namespace

CsvReader::CsvReader(QIODevice& device)
    : m_device(device)
{
}

std::optional<CsvRecord> CsvReader::next()
{
    CsvRecord record;
    for (;;) {
        const QByteArray line = m_device.readLine();
        if (line.isEmpty())
            break;
        ++m_line;
        if (record.text.isEmpty()) {
            if (withoutLineEnd(line).trimmed().isEmpty())
                continue;
            record.line = m_line;
        }
        record.text += line;
        // An odd number of quotes: the record goes on in the next line.
        if (record.text.count('"') % 2 == 0 || record.text.size() > longestRecord)
            break;
    }
    if (record.text.isEmpty())
        return std::nullopt;
    record.isBroken = !record.text.isValidUtf8() || !split(withoutLineEnd(record.text), record.fields);
    return record;
}

} // namespace punctual::client
