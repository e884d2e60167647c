// SPDX-License-Identifier: GPL-3.0-or-later
// A row of a result in PostgreSQL's binary form: see Connection::call. The column's type has to be the one
// that is asked for; a value stays valid as long as the row.
#pragma once

#include "core/time.h"

#include <QByteArray>
#include <QUuid>

#include <libpq-fe.h>

namespace punctual::store
{

class BinaryRow
{
public:
    BinaryRow(const PGresult& result, int row)
        : m_result(result)
        , m_row(row)
    {
    }

    [[nodiscard]] bool isNull(int column) const { return PQgetisnull(&m_result, m_row, column) != 0; }
    /// NULL is 0.
    [[nodiscard]] qint64 bigint(int column) const;
    [[nodiscard]] qint32 integer(int column) const;
    [[nodiscard]] bool boolean(int column) const;
    [[nodiscard]] QUuid uuid(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const; // of bytea, or text in UTF-8

    [[nodiscard]] Instant instant(int column) const { return instantOf(bigint(column)); }

private:
    const PGresult& m_result;
    int m_row;
};

} // namespace punctual::store
