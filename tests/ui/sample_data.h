// SPDX-License-Identifier: GPL-3.0-or-later
// Data for pictures of pages. The destinations sms, push, webhooks, invoices and newsletter have to be there.
#pragma once

#include "fixture.h"

namespace punctual::test
{

/// Ten days of messages for destinations that take only some of them in time.
void addForecast(Fixture& fixture);

/// Dead letters of some kinds, with what was answered.
void addDeadLetters(Fixture& fixture);

/// Bulk operations that a node finishes soon, and one that takes a while.
void addOperations(Fixture& fixture);

} // namespace punctual::test
