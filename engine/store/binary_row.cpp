// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/binary_row.h"

#include <QtEndian>

namespace punctual::store
{

namespace
{

template <class Value>
Value read(const PGresult& result, int row, int column)
{
    const int length = PQgetlength(&result, row, column);
    if (length == 0)
        return {}; // NULL
    Q_ASSERT(length == sizeof(Value));
    return qFromBigEndian<Value>(PQgetvalue(&result, row, column));
}

} // namespace

qint64 BinaryRow::bigint(int column) const
{
    return read<qint64>(m_result, m_row, column);
}

qint32 BinaryRow::integer(int column) const
{
    return read<qint32>(m_result, m_row, column);
}

bool BinaryRow::boolean(int column) const
{
    return read<quint8>(m_result, m_row, column) != 0;
}

QUuid BinaryRow::uuid(int column) const
{
    return QUuid::fromRfc4122(
        QByteArrayView(PQgetvalue(&m_result, m_row, column), PQgetlength(&m_result, m_row, column)));
}

QByteArray BinaryRow::bytes(int column) const
{
    return {PQgetvalue(&m_result, m_row, column), PQgetlength(&m_result, m_row, column)};
}

} // namespace punctual::store
