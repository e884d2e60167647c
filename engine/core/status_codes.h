// SPDX-License-Identifier: GPL-3.0-or-later
// A list of status codes of HTTP: single ones and whole classes, such as 410 and "5xx".
#pragma once

#include <QJsonArray>

#include <optional>
#include <vector>

namespace punctual
{

class StatusCodes
{
public:
    StatusCodes() = default;
    /// From 300 to 599 a single code, from 3 to 5 a class.
    StatusCodes(std::initializer_list<int> codesAndClasses);

    [[nodiscard]] bool hasCode(int status) const;
    /// Whether the class of the status is there. What is beyond 599 is treated like 5xx.
    [[nodiscard]] bool hasClass(int status) const;
    /// These without the entries that `others` has too.
    [[nodiscard]] StatusCodes without(const StatusCodes& others) const;

    [[nodiscard]] QJsonArray toJson() const;
    /// Nothing if an entry is neither a number from 300 to 599 nor "3xx", "4xx" or "5xx".
    [[nodiscard]] static std::optional<StatusCodes> fromJson(const QJsonArray& array);

    friend bool operator==(const StatusCodes&, const StatusCodes&) = default;

private:
    std::vector<int> m_codes; // sorted, each once
};

} // namespace punctual
