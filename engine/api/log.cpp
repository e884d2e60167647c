// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/log.h"

namespace punctual::api
{

Q_LOGGING_CATEGORY(lcApi, "punctual.api")

} // namespace punctual::api
