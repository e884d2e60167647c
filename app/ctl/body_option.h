// SPDX-License-Identifier: GPL-3.0-or-later
// The content of a message as an argument: --body or --body-file.
#pragma once

#include "app/common/command_parser.h"

#include <QJsonObject>

namespace punctual::ctl
{

struct Body
{
    std::optional<QByteArray> text;
    std::optional<QString> file;

    [[nodiscard]] bool isGiven() const { return text || file; }
};

/// `body` has to outlive the parsing.
void addBody(app::CommandParser& command, Body& body, const QString& ofText, const QString& ofFile);

/// Puts what was given into the fields of a request, and its type if none was given. Refuses a file that
/// cannot be read.
void insertBody(QJsonObject& fields, const Body& body);

} // namespace punctual::ctl
