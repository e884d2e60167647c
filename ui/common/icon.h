// SPDX-License-Identifier: GPL-3.0-or-later
// The line icons of this program (resources/icons). They take the colour of the palette's text, so that
// they are legible on light and dark.
#pragma once

#include <QIcon>

namespace punctual::ui
{

/// `name` is the file's, without folder and ending.
[[nodiscard]] QIcon lineIcon(const QString& name);

/// The application's own icon, in its own colours.
[[nodiscard]] QIcon applicationIcon();

} // namespace punctual::ui
