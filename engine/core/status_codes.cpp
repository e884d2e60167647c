// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/status_codes.h"

#include <QString>

#include <algorithm>
#include <iterator>

namespace punctual
{

namespace
{

constexpr int leastClass = 3; // an informal answer is none, and 2xx is a success
constexpr int mostClass = 5;

std::optional<int> readCode(const QJsonValue& value)
{
    const QString text = value.toString();
    if (text.size() == 3 && text.endsWith(QStringLiteral("xx"))) {
        const int number = text.front().unicode() - u'0';
        return number >= leastClass && number <= mostClass ? std::optional(number) : std::nullopt;
    }
    const double number = value.toDouble();
    const int code =
        number >= leastClass * 100 && number < (mostClass + 1) * 100 ? static_cast<int>(number) : 0;
    return code == 0 || code != number ? std::nullopt : std::optional(code);
}

} // namespace

StatusCodes::StatusCodes(std::initializer_list<int> codesAndClasses)
    : m_codes(codesAndClasses)
{
    std::sort(m_codes.begin(), m_codes.end());
    m_codes.erase(std::unique(m_codes.begin(), m_codes.end()), m_codes.end());
}

bool StatusCodes::hasCode(int status) const
{
    return status >= leastClass * 100 && std::binary_search(m_codes.begin(), m_codes.end(), status);
}

bool StatusCodes::hasClass(int status) const
{
    return std::binary_search(m_codes.begin(), m_codes.end(), std::min(status / 100, mostClass));
}

StatusCodes StatusCodes::without(const StatusCodes& others) const
{
    StatusCodes left;
    std::set_difference(m_codes.begin(), m_codes.end(), others.m_codes.begin(), others.m_codes.end(),
                        std::back_inserter(left.m_codes));
    return left;
}

QJsonArray StatusCodes::toJson() const
{
    QJsonArray array;
    for (const int code : m_codes) {
        if (code > mostClass)
            array.append(code);
    }
    for (const int code : m_codes) {
        if (code <= mostClass)
            array.append(QStringLiteral("%1xx").arg(code));
    }
    return array;
}

std::optional<StatusCodes> StatusCodes::fromJson(const QJsonArray& array)
{
    StatusCodes codes;
    for (const auto& value : array) {
        const auto code = readCode(value);
        if (!code)
            return std::nullopt;
        codes.m_codes.push_back(*code);
    }
    std::sort(codes.m_codes.begin(), codes.m_codes.end());
    codes.m_codes.erase(std::unique(codes.m_codes.begin(), codes.m_codes.end()), codes.m_codes.end());
    return codes;
}

} // namespace punctual
