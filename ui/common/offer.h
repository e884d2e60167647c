// SPDX-License-Identifier: GPL-3.0-or-later
// Lets a command be chosen, or explains where the mouse rests on it why it cannot.
#pragma once

#include "ui/common/rights.h"

class QAction;
class QWidget;

namespace punctual::ui
{

/// `why` is one sentence for when it is not possible. The tool tip is its name with the shortcut.
void offer(QAction& action, bool possible, const QString& why = {});
/// The tool tip that it had at first is there when it is possible.
void offer(QWidget& widget, bool possible, const QString& why = {});

/// A right that is missing is said first.
template <class Control>
void offer(Control& control, const Rights& rights, Right right, bool possible = true, const QString& why = {})
{
    const QString refused = rights.whyNot(right);
    offer(control, possible && refused.isEmpty(), refused.isEmpty() ? why : refused);
}

} // namespace punctual::ui
