// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/parameters.h"

#include <QtEndian>

#include <cstring>

namespace punctual::store
{

namespace
{

constexpr qsizetype arrayHeader = 20; // dimensions, flags, element's type, length, lower bound

template <class Value>
void append(QByteArray& bytes, Value value)
{
    const Value big = qToBigEndian(value);
    bytes.append(reinterpret_cast<const char*>(&big), sizeof big);
}

template <class Value>
void put(QByteArray& bytes, qsizetype at, Value value)
{
    const Value big = qToBigEndian(value);
    std::memcpy(bytes.data() + at, &big, sizeof big);
}

template <class Value>
QByteArray bigEndian(Value value)
{
    QByteArray bytes;
    append(bytes, value);
    return bytes;
}

void append(QByteArray& bytes, const QUuid& value)
{
    append(bytes, value.data1);
    append(bytes, value.data2);
    append(bytes, value.data3);
    bytes.append(reinterpret_cast<const char*>(value.data4), sizeof value.data4);
}

constexpr qsizetype uuidSize = 16;

} // namespace

ArrayParameter::ArrayParameter(SqlType element, std::size_t expected)
    : m_element(element)
{
    m_bytes.reserve(arrayHeader + static_cast<qsizetype>(expected) * 20);
    m_bytes.resize(arrayHeader);
}

void ArrayParameter::addLength(qsizetype length)
{
    append(m_bytes, static_cast<qint32>(length));
    ++m_count;
}

void ArrayParameter::add(qint64 value)
{
    addLength(sizeof value);
    append(m_bytes, value);
}

void ArrayParameter::add(qint32 value)
{
    addLength(sizeof value);
    append(m_bytes, value);
}

void ArrayParameter::add(const QUuid& value)
{
    addLength(uuidSize);
    append(m_bytes, value);
}

void ArrayParameter::add(const QString& text)
{
    add(text.toUtf8());
}

void ArrayParameter::add(QLatin1StringView word)
{
    addLength(word.size());
    m_bytes.append(word.data(), word.size());
}

void ArrayParameter::add(const QByteArray& bytes)
{
    addLength(bytes.size());
    m_bytes.append(bytes);
}

void ArrayParameter::addNull()
{
    addLength(-1);
    m_hasNull = true;
}

SqlType ArrayParameter::type() const
{
    switch (m_element) {
    case SqlType::Bytea:
        return SqlType::ByteaArray;
    case SqlType::Bigint:
        return SqlType::BigintArray;
    case SqlType::Integer:
        return SqlType::IntegerArray;
    case SqlType::Uuid:
        return SqlType::UuidArray;
    default:
        return SqlType::TextArray;
    }
}

QByteArray ArrayParameter::take()
{
    put(m_bytes, 0, qint32{m_count > 0 ? 1 : 0});
    put(m_bytes, 4, qint32{m_hasNull ? 1 : 0});
    put(m_bytes, 8, static_cast<quint32>(m_element));
    put(m_bytes, 12, m_count);
    put(m_bytes, 16, qint32{1});
    if (m_count == 0)
        m_bytes.truncate(12); // an empty array has no dimension
    return std::move(m_bytes);
}

Parameters& Parameters::add(SqlType type, QByteArray value)
{
    m_types.push_back(static_cast<unsigned>(type));
    m_values.push_back(std::move(value));
    return *this;
}

Parameters& Parameters::add(const QUuid& value)
{
    QByteArray bytes;
    append(bytes, value);
    return add(SqlType::Uuid, std::move(bytes));
}

Parameters& Parameters::add(bool value)
{
    return add(SqlType::Boolean, QByteArray(1, value ? '\1' : '\0'));
}

Parameters& Parameters::add(qint64 value)
{
    return add(SqlType::Bigint, bigEndian(value));
}

Parameters& Parameters::add(qint32 value)
{
    return add(SqlType::Integer, bigEndian(value));
}

Parameters& Parameters::add(ArrayParameter array)
{
    const SqlType type = array.type();
    return add(type, array.take());
}

Parameters& Parameters::add(const std::optional<QString>& text)
{
    return add(SqlType::Text, text ? QByteArray("").append(text->toUtf8()) : QByteArray());
}

Parameters& Parameters::add(const std::optional<QByteArray>& bytes)
{
    return add(SqlType::Bytea, bytes ? QByteArray("").append(*bytes) : QByteArray());
}

ArrayParameter uuidArray(const std::vector<QUuid>& values)
{
    ArrayParameter array(SqlType::Uuid, values.size());
    for (const auto& value : values)
        array.add(value);
    return array;
}

} // namespace punctual::store
