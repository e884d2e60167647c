// SPDX-License-Identifier: GPL-3.0-or-later
// JSON of a test's own, and the places that a reader of it complains of.
#pragma once

#include "core/result.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

namespace punctual::test
{

[[nodiscard]] inline QJsonObject objectOf(const QByteArray& text)
{
    const auto document = QJsonDocument::fromJson(text);
    if (!document.isObject())
        qFatal("not an object: %s", text.constData());
    return document.object();
}

[[nodiscard]] inline QStringList pointersOf(const std::vector<FieldError>& errors)
{
    QStringList pointers;
    for (const auto& error : errors)
        pointers.append(error.pointer);
    return pointers;
}

template <typename T>
[[nodiscard]] QStringList pointersOf(const Result<T>& read)
{
    return read ? QStringList() : pointersOf(read.error().fields);
}

} // namespace punctual::test
