// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/array_literal.h"

namespace punctual::store
{

void ArrayLiteral::add(const QString& text)
{
    separate();
    m_text += u'"';
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            m_text += u'\\';
        m_text += c;
    }
    m_text += u'"';
}

void ArrayLiteral::add(const QByteArray& bytes)
{
    separate();
    m_text += QLatin1StringView("\"\\\\x");
    m_text += QLatin1StringView(bytes.toHex());
    m_text += u'"';
}

std::vector<QString> readArray(const QString& text)
{
    std::vector<QString> values;
    QString value;
    bool quoted = false;
    bool any = false;
    for (qsizetype i = 1; i + 1 < text.size(); ++i) {
        const QChar c = text[i];
        any = true;
        if (c == u'"') {
            quoted = !quoted;
        } else if (c == u'\\' && i + 2 < text.size()) {
            value += text[++i];
        } else if (c == u',' && !quoted) {
            values.push_back(value);
            value.clear();
        } else {
            value += c;
        }
    }
    if (any)
        values.push_back(value);
    return values;
}

} // namespace punctual::store
