// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace punctual::ui
{

/// A label whose mnemonic leads to the control, and whose words are the control's accessible name.
[[nodiscard]] inline QLabel* labelFor(QWidget* control, const QString& text)
{
    auto* label = new QLabel(text);
    label->setBuddy(control);
    control->setAccessibleName(QString(text).remove(u'&').remove(u':'));
    return label;
}

} // namespace punctual::ui
