// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/message_id_option.h"

#include <QCoreApplication>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(MessageIdOption)
};

MessageId readId(const QString& text)
{
    const auto id = QUuid::fromString(text);
    if (id.isNull())
        app::refuse("id", Words::tr("%1 is not the id of a message").arg(text));
    return id;
}

} // namespace

void addMessageId(app::CommandParser& command, MessageId& id)
{
    const auto take = [&id](const QString& text) { id = readId(text); };
    command.take("id", take, Words::tr("Id of the message"), "ID").required();
}

void addMessageIds(app::CommandParser& command, std::vector<MessageId>& ids)
{
    const auto take = [&ids](const QStringList& texts) {
        for (const auto& text : texts)
            ids.push_back(readId(text));
    };
    command.takeAll("id", take, Words::tr("Ids of messages"), "ID").required();
}

} // namespace punctual::ctl
