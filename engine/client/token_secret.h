// SPDX-License-Identifier: GPL-3.0-or-later
// The secret of a token, and what the database keeps of it.
#pragma once

#include <QByteArray>

namespace punctual::client
{

/// 256 random bits, marked so that a leaked one is recognised.
[[nodiscard]] QByteArray makeTokenSecret();

[[nodiscard]] QByteArray hashOfToken(const QByteArray& secret);

} // namespace punctual::client
