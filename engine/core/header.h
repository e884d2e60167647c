// SPDX-License-Identifier: GPL-3.0-or-later
// Header fields that a message or a destination adds to its requests (RFC 9110, section 5).
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace punctual
{

struct Header
{
    QByteArray name;
    QByteArray value;

    friend bool operator==(const Header&, const Header&) = default;
};

/// What is wrong with a header as a user gives it; nothing when it is fine. Names that belong to HTTP
/// itself or to Punctual are refused.
[[nodiscard]] std::optional<QString> problemOfHeader(const QByteArray& name, const QString& value);

/// The same for a value alone.
[[nodiscard]] std::optional<QString> problemOfHeaderValue(const QString& value);

/// Whether the value is a credential (by the header's name) and so is never shown.
[[nodiscard]] bool isSecretHeader(const QByteArray& name);

/// What is shown instead of a credential. It cannot be given as a value.
inline constexpr QLatin1StringView hiddenValue("(hidden)");

/// An object of names and values for people and programs: credentials are hidden.
[[nodiscard]] QJsonObject toJson(const std::vector<Header>& headers);

} // namespace punctual
