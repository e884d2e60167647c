// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/body_option.h"

#include "app/ctl/input_file.h"
#include "core/message_json.h"

namespace punctual::ctl
{

void addBody(app::CommandParser& command, Body& body, const QString& ofText, const QString& ofFile)
{
    const auto text = command.bytes("--body", body.text, ofText);
    command.text("--body-file", body.file, ofFile, "FILE").excludes(text);
}

void insertBody(QJsonObject& fields, const Body& body)
{
    if (!body.isGiven())
        return;
    const QByteArray bytes =
        body.text ? *body.text : readInput("--body-file", *body.file, MessageLimits{}.bodyBytes);
    fields.insert(u"body_base64", QString::fromLatin1(bytes.toBase64()));
    if (!fields.contains(u"content_type"))
        fields.insert(u"content_type", QString::fromLatin1(guessContentType(bytes)));
}

} // namespace punctual::ctl
