// SPDX-License-Identifier: GPL-3.0-or-later
// The log category of this room. Tokens and bodies are never written to it.
#pragma once

#include <QLoggingCategory>

namespace punctual::api
{

Q_DECLARE_LOGGING_CATEGORY(lcApi)

} // namespace punctual::api
