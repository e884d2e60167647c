// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/message_filter_options.h"

#include "app/ctl/time_text.h"

#include <QCoreApplication>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ListCommand)
};

Result<std::vector<MessageState>> readStates(const QString& text)
{
    std::vector<MessageState> states;
    const auto words = text.split(u',');
    for (const auto& word : words) {
        const auto state = parseMessageState(word);
        if (!state)
            return failure(ErrorCode::InvalidInput, Words::tr("%1 is not a state").arg(word));
        states.push_back(*state);
    }
    return states;
}

} // namespace

void addMessageFilter(app::CommandParser& command, MessageFilter& filter)
{
    const auto readLocal = [](const QString& text) { return readTime(text, QTimeZone::systemTimeZone()); };
    command.read("--state", filter.states, readStates, Words::tr("One or more states, with commas"), "STATE");
    command.text("--destination", filter.destination, Words::tr("Only of this destination"), "NAME");
    command.text("--tag", filter.tag, Words::tr("Only with this tag"));
    command.text("--key", filter.key, Words::tr("Only with this ordering key"));
    command.read("--due-after", filter.dueAfter, readLocal, Words::tr("Due then or later"), "TIME");
    command.read("--due-before", filter.dueBefore, readLocal, Words::tr("Due before then"), "TIME");
    command.text("--text", filter.text, Words::tr("An id, or a part of a key, a tag or an error"));
}

} // namespace punctual::ctl
