// SPDX-License-Identifier: GPL-3.0-or-later
// The user's language for the texts of a program, with a window or without.
#pragma once

#include <QCoreApplication>

namespace punctual::app
{

/// Call it before the first text is made. The translators belong to the application.
void installTranslators(QCoreApplication& application);

} // namespace punctual::app
