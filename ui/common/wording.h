// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the window for values of the core.
#pragma once

#include "core/attempt.h"
#include "core/attempt_result.h"
#include "core/result.h"

namespace punctual::ui
{

[[nodiscard]] QString stateName(MessageState state);
[[nodiscard]] QString priorityName(Priority priority);
[[nodiscard]] QString outcomeName(Outcome outcome);

[[nodiscard]] QString resultName(AttemptResult result);
/// "429 / 5xx", and words for all that are worth another attempt.
[[nodiscard]] QString resultsText(const std::vector<AttemptResult>& results);
/// Those that are worth another attempt.
[[nodiscard]] std::vector<AttemptResult> repeatedResults();

/// One or two sentences for a whole view or a dialog.
[[nodiscard]] QString errorText(const Error& error);

/// What a person writes for tags: words with commas between them.
[[nodiscard]] QStringList tagsIn(const QString& text);

/// "412 bytes", "3.2 KiB".
[[nodiscard]] QString sizeText(qint64 bytes);

} // namespace punctual::ui
