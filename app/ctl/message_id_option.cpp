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

MessageId readId(const std::string& text)
{
    const auto id = QUuid::fromString(QString::fromStdString(text));
    if (id.isNull())
        throw CLI::ValidationError(
            "id", Words::tr("%1 is not the id of a message").arg(QString::fromStdString(text)).toStdString());
    return id;
}

} // namespace

CLI::Option* addMessageId(CLI::App& command, MessageId& id)
{
    const auto take = [&id](const std::string& text) { id = readId(text); };
    return command
        .add_option_function<std::string>(
            "id", take, QCoreApplication::translate("MessageIdOption", "Id of the message").toStdString())
        ->type_name("ID")
        ->required();
}

CLI::Option* addMessageIds(CLI::App& command, std::vector<MessageId>& ids)
{
    const auto take = [&ids](const std::vector<std::string>& texts) {
        for (const auto& text : texts)
            ids.push_back(readId(text));
    };
    return command
        .add_option_function<std::vector<std::string>>(
            "id", take, QCoreApplication::translate("MessageIdOption", "Ids of messages").toStdString())
        ->type_name("ID")
        ->required();
}

} // namespace punctual::ctl
