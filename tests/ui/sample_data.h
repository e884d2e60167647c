// SPDX-License-Identifier: GPL-3.0-or-later
// Data for the pictures of pages.
#pragma once

#include "fixture.h"

namespace punctual::test
{

/// Thirty days of figures, ending now.
void addHistory(TestDatabase& database);
void addQuota(TestDatabase& database);
/// Some of them lead to `url`.
void addDestinations(Fixture& fixture, const QString& url);
void addMessages(Fixture& fixture);
/// Ten days of messages for destinations that take only some of them in time.
void addForecast(Fixture& fixture);
/// Dead letters of three kinds, the latest of them with what was answered.
void addDeadLetters(Fixture& fixture);
void addOperations(Fixture& fixture);

} // namespace punctual::test
