// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json_text.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace punctual::json_text
{

namespace
{

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// A position in JSON text that moves over whole values.
class Cursor
{
public:
    explicit Cursor(QByteArrayView text)
        : m_text(text)
    {
        skipSpace();
    }

    [[nodiscard]] bool at(char c) const { return m_position < m_text.size() && m_text[m_position] == c; }

    /// Steps over one character and the white space behind it.
    void step()
    {
        ++m_position;
        skipSpace();
    }

    /// The text of the value that begins here; the cursor moves behind it.
    QByteArrayView value()
    {
        const qsizetype begin = m_position;
        qsizetype depth = 0;
        do {
            if (at('"')) {
                skipString();
            } else {
                depth += at('{') || at('[') ? 1 : at('}') || at(']') ? -1 : 0;
                ++m_position;
            }
        } while (m_position < m_text.size() && (depth > 0 || !endsScalar()));
        const auto text = m_text.sliced(begin, m_position - begin);
        skipSpace();
        return text;
    }

private:
    [[nodiscard]] bool endsScalar() const
    {
        return isSpace(m_text[m_position]) || at(',') || at(':') || at('}') || at(']');
    }

    void skipSpace()
    {
        while (m_position < m_text.size() && isSpace(m_text[m_position]))
            ++m_position;
    }

    void skipString()
    {
        for (++m_position; m_position < m_text.size() && !at('"'); ++m_position)
            if (at('\\'))
                ++m_position;
        ++m_position;
    }

    QByteArrayView m_text;
    qsizetype m_position = 0;
};

/// What a string token says, escapes resolved.
QByteArray unquoted(QByteArrayView token)
{
    if (!token.contains('\\'))
        return token.sliced(1, token.size() - 2).toByteArray();
    return QJsonDocument::fromJson('[' + token.toByteArray() + ']').array().at(0).toString().toUtf8();
}

} // namespace

std::optional<QByteArrayView> member(QByteArrayView object, QByteArrayView name)
{
    std::optional<QByteArrayView> found;
    Cursor cursor(object);
    cursor.step(); // {
    while (cursor.at('"')) {
        const auto key = cursor.value();
        cursor.step(); // :
        const auto value = cursor.value();
        if (unquoted(key) == name)
            found = value;
        if (cursor.at(','))
            cursor.step();
    }
    return found;
}

std::vector<QByteArrayView> items(QByteArrayView array)
{
    std::vector<QByteArrayView> found;
    Cursor cursor(array);
    cursor.step(); // [
    if (cursor.at(']'))
        return found;
    found.push_back(cursor.value());
    while (cursor.at(',')) {
        cursor.step();
        found.push_back(cursor.value());
    }
    return found;
}

QByteArray compact(QByteArrayView json)
{
    QByteArray text;
    text.reserve(json.size());
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (!inString && isSpace(c))
            continue;
        text += c;
        if (inString && c == '\\' && i + 1 < json.size())
            text += json[++i];
        else if (c == '"')
            inString = !inString;
    }
    return text;
}

} // namespace punctual::json_text
