// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/zone_combo.h"

#include <QCompleter>

namespace punctual::ui
{

ZoneCombo::ZoneCombo(const QTimeZone& local, QWidget* parent)
    : QComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(NoInsert);
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(20);
    const QByteArray utc = QByteArrayLiteral("UTC");
    addItem(QString::fromLatin1(local.id()));
    if (local.id() != utc)
        addItem(QString::fromLatin1(utc));
    insertSeparator(count());
    const auto ids = QTimeZone::availableTimeZoneIds();
    for (const auto& id : ids)
        if (id != local.id() && id != utc)
            addItem(QString::fromLatin1(id));
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setCompletionMode(QCompleter::PopupCompletion);
}

QTimeZone ZoneCombo::zone() const
{
    return QTimeZone(currentText().trimmed().toLatin1());
}

} // namespace punctual::ui
