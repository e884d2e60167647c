// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with a value, in the language of the person. The rooms below say it in English.
#pragma once

#include <QString>

namespace punctual::ui
{

/// The end of a sentence that begins with a field, such as "is missing". One that is not known stays as it
/// is.
[[nodiscard]] QString detailText(const QString& detail);

} // namespace punctual::ui
