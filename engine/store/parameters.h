// SPDX-License-Identifier: GPL-3.0-or-later
// The arguments of a hot statement in PostgreSQL's binary form: batches are arrays, and neither side spends
// time on writing and reading digits, quotes and hex.
// (The forms are those of the server's array_recv, uuid_recv and so on: big-endian, a length before each
// value.)
#pragma once

#include <QByteArray>
#include <QString>
#include <QUuid>

#include <optional>
#include <vector>

namespace punctual::store
{

/// PostgreSQL's object ids of the types in use (pg_type.dat; they never change).
enum class SqlType : unsigned {
    Boolean = 16,
    Bytea = 17,
    Bigint = 20,
    Integer = 23,
    Text = 25,
    Uuid = 2950,
    ByteaArray = 1001,
    IntegerArray = 1007,
    TextArray = 1009,
    BigintArray = 1016,
    UuidArray = 2951
};

/// A one-dimensional array; the type of the elements is that of the values that are added.
class ArrayParameter
{
public:
    ArrayParameter(SqlType element, std::size_t expected);

    void add(qint64 value);
    void add(qint32 value);
    void add(const QUuid& value);
    void add(const QString& text);
    void add(QLatin1StringView word);  // ASCII
    void add(const QByteArray& bytes); // of bytea, or text in UTF-8
    void addNull();

    template <class Value>
    void add(const std::optional<Value>& value)
    {
        if (value)
            add(*value);
        else
            addNull();
    }

    [[nodiscard]] SqlType type() const;
    [[nodiscard]] QByteArray take(); // it can be used no more

private:
    void addLength(qsizetype length);

    QByteArray m_bytes;
    SqlType m_element;
    quint32 m_count = 0;
    bool m_hasNull = false;
};

class Parameters
{
public:
    Parameters& add(const QUuid& value);
    Parameters& add(bool value);
    Parameters& add(qint64 value);
    Parameters& add(qint32 value);
    Parameters& add(ArrayParameter array);
    Parameters& add(const std::optional<QString>& text);
    Parameters& add(const std::optional<QByteArray>& bytes);

    [[nodiscard]] int size() const { return static_cast<int>(m_types.size()); }
    [[nodiscard]] const std::vector<unsigned>& types() const { return m_types; }
    [[nodiscard]] const std::vector<QByteArray>& values() const { return m_values; } // null: NULL

private:
    Parameters& add(SqlType type, QByteArray value);

    std::vector<unsigned> m_types;
    std::vector<QByteArray> m_values;
};

[[nodiscard]] ArrayParameter uuidArray(const std::vector<QUuid>& values);

} // namespace punctual::store
