// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/offer.h"

#include <QAction>
#include <QVariant>
#include <QWidget>

namespace punctual::ui
{

void offer(QAction& action, bool possible, const QString& why)
{
    action.setEnabled(possible);
    const QString name = action.text().remove(u'&').remove(u'…');
    const QString shortcut = action.shortcut().toString(QKeySequence::NativeText);
    const QString full = shortcut.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, shortcut);
    action.setToolTip(possible || why.isEmpty() ? full : full + u'\n' + why);
    action.setStatusTip(possible ? QString() : why); // in menus
}

void offer(QWidget& widget, bool possible, const QString& why)
{
    constexpr auto own = "punctualToolTip";
    if (!widget.property(own).isValid())
        widget.setProperty(own, widget.toolTip());
    widget.setEnabled(possible);
    widget.setToolTip(possible || why.isEmpty() ? widget.property(own).toString() : why);
    widget.setAccessibleDescription(possible ? QString() : why);
}

} // namespace punctual::ui
