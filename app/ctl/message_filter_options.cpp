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

/// An option whose text is read into `target` by `read`, which gives a Result.
template <class Target, class Read>
void addRead(CLI::App& command, const char* flag, Target& target, Read read, const QString& description,
             const char* type)
{
    const auto take = [&target, read, name = std::string(flag)](const std::string& text) {
        auto value = read(QString::fromStdString(text));
        if (!value)
            throw CLI::ValidationError(name, value.error().detail.toStdString());
        target = std::move(*value);
    };
    command.add_option_function<std::string>(flag, take, description.toStdString())->type_name(type);
}

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

Result<QString> readText(const QString& text)
{
    return text;
}

} // namespace

void addMessageFilter(CLI::App& command, MessageFilter& filter)
{
    const auto readLocal = [](const QString& text) { return readTime(text, QTimeZone::systemTimeZone()); };
    addRead(command, "--state", filter.states, readStates, Words::tr("One or more states, with commas"),
            "STATE");
    addRead(command, "--destination", filter.destination, readText, Words::tr("Only of this destination"),
            "NAME");
    addRead(command, "--tag", filter.tag, readText, Words::tr("Only with this tag"), "TEXT");
    addRead(command, "--key", filter.key, readText, Words::tr("Only with this ordering key"), "TEXT");
    addRead(command, "--due-after", filter.dueAfter, readLocal, Words::tr("Due then or later"), "TIME");
    addRead(command, "--due-before", filter.dueBefore, readLocal, Words::tr("Due before then"), "TIME");
    addRead(command, "--text", filter.text, readText,
            Words::tr("An id, or a part of a key, a tag or an error"), "TEXT");
}

} // namespace punctual::ctl
