// SPDX-License-Identifier: GPL-3.0-or-later
// PostgreSQL's text form of one-dimensional arrays: the driver binds a batch as one such text.
// (PostgreSQL manual, 8.15.6 "Array Input and Output Syntax")
#pragma once

#include <QByteArray>
#include <QString>
#include <QUuid>

#include <optional>
#include <vector>

namespace punctual::store
{

class ArrayLiteral
{
public:
    explicit ArrayLiteral(std::size_t expected = 0) { m_text.reserve(static_cast<qsizetype>(expected) * 20); }

    void add(qint64 value) { addBare(QString::number(value)); }
    void add(const QUuid& value) { addBare(value.toString(QUuid::WithoutBraces)); }
    void add(QLatin1StringView word) { addBare(word); } // a word of this program: nothing to escape
    void add(const QString& text);
    void add(const QByteArray& bytes); // bytea, hex form
    void addNull() { addBare(QLatin1StringView("NULL")); }

    template <class Value>
    void add(const std::optional<Value>& value)
    {
        if (value)
            add(*value);
        else
            addNull();
    }

    [[nodiscard]] QString text() const { return u'{' + m_text + u'}'; }

private:
    template <class Text>
    void addBare(const Text& text)
    {
        separate();
        m_text += text;
    }
    void separate()
    {
        if (!m_text.isEmpty())
            m_text += u',';
    }

    QString m_text;
};

template <class Values>
[[nodiscard]] QString arrayOf(const Values& values)
{
    ArrayLiteral literal(values.size());
    for (const auto& value : values)
        literal.add(value);
    return literal.text();
}

/// Reads the text form of an array of short texts or numbers.
[[nodiscard]] std::vector<QString> readArray(const QString& text);

} // namespace punctual::store
