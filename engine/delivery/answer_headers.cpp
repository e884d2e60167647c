// SPDX-License-Identifier: GPL-3.0-or-later
#include "delivery/answer_headers.h"

#include <algorithm>
#include <utility>

namespace punctual::delivery
{

namespace
{

bool startsWith(QByteArrayView name, QByteArrayView prefix)
{
    return name.size() >= prefix.size() &&
           name.first(prefix.size()).compare(prefix, Qt::CaseInsensitive) == 0;
}

bool isOf(QByteArrayView name, QByteArrayView whole)
{
    return name.size() == whole.size() && startsWith(name, whole);
}

bool speaksOfLimits(QByteArrayView name)
{
    // Most fields are told by their first letter.
    const char first = static_cast<char>(name.front() | 0x20);
    if (first == 'r')
        return isOf(name, "retry-after") || startsWith(name, "ratelimit");
    return first == 'x' && (startsWith(name, "x-ratelimit") || startsWith(name, "x-rate-limit"));
}

} // namespace

void AnswerHeaders::clear()
{
    m_kept.clear();
    m_dateLength = 0;
}

void AnswerHeaders::read(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (line.startsWith("HTTP/"))
        return clear();
    if (colon <= 0 || colon > longestName)
        return;
    const QByteArrayView name = line.first(colon);
    const bool isDate = isOf(name, "date");
    if (!isDate && !speaksOfLimits(name))
        return;
    const QByteArrayView value = line.sliced(colon + 1).trimmed();
    if (isDate) {
        m_dateLength = value.size() <= qsizetype(m_date.size()) ? value.size() : 0;
        std::copy_n(value.begin(), m_dateLength, m_date.begin());
    } else if (m_kept.size() < most && value.size() <= longestValue) {
        m_kept.push_back({name.toByteArray().toLower(), value.toByteArray()});
    }
}

std::vector<Header> AnswerHeaders::take()
{
    if (!m_kept.empty() && m_dateLength > 0)
        m_kept.push_back({QByteArrayLiteral("date"), QByteArray(m_date.data(), m_dateLength)});
    m_dateLength = 0;
    return std::exchange(m_kept, {});
}

} // namespace punctual::delivery
