// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/change_text.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace punctual::ui
{

QByteArray jsonText(const QJsonValue& value)
{
    if (value.isNull() || value.isUndefined())
        return {};
    // A document holds no bare value: it goes through an array of one.
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

} // namespace punctual::ui
