// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts pieces out of JSON text without parsing them into values. QJsonDocument sorts the members of an
// object and stores numbers as doubles; a payload has to reach the third party as it was written.
//
// All of these expect text that QJsonDocument has accepted.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace punctual::json_text
{

/// The text of a member of an object; the last one if there are several of that name.
[[nodiscard]] std::optional<QByteArrayView> member(QByteArrayView object, QByteArrayView name);

/// The texts of the items of an array.
[[nodiscard]] std::vector<QByteArrayView> items(QByteArrayView array);

/// The same text without the white space between its tokens.
[[nodiscard]] QByteArray compact(QByteArrayView json);

} // namespace punctual::json_text
