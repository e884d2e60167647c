// SPDX-License-Identifier: GPL-3.0-or-later
// Which file may include what: the arrows between the rooms, and the libraries that belong to one room.
#pragma once

#include <QString>

#include <optional>

namespace punctual::test
{

struct Include
{
    QString file; // the path of the including file from the top, such as engine/core/time.cpp
    QString name; // what stands between the quotes or brackets
    bool quoted = false;
};

/// What is wrong with it; nothing when it is allowed.
[[nodiscard]] std::optional<QString> problemOf(const Include& include);

/// The Qt module of a header such as QLabel, QtWidgets/QLabel or QtWidgets; empty when it is not Qt's.
[[nodiscard]] QString qtModuleOf(const QString& header);

} // namespace punctual::test
