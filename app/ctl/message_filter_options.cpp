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

/// `problem` has a place for a word that `parse` does not know.
template <class Value>
auto listOf(std::optional<Value> (*parse)(QStringView), const QString& problem)
{
    return [parse, problem](const QString& text) -> Result<std::vector<Value>> {
        std::vector<Value> values;
        const auto words = text.split(u',');
        for (const auto& word : words) {
            const auto value = parse(word);
            if (!value)
                return failure(ErrorCode::InvalidInput, problem.arg(word));
            values.push_back(*value);
        }
        return values;
    };
}

} // namespace

void addMessageFilter(app::CommandParser& command, MessageFilter& filter)
{
    const auto readLocal = [](const QString& text) { return readTime(text, QTimeZone::systemTimeZone()); };
    command.read("--state", filter.states, listOf(&parseMessageState, Words::tr("%1 is not a state")),
                 Words::tr("One or more states, with commas"), "STATE");
    command.text("--destination", filter.destination, Words::tr("Only of this destination"), "NAME");
    command.text("--tag", filter.tag, Words::tr("Only with this tag"));
    command.text("--key", filter.key, Words::tr("Only with this ordering key"));
    command.read("--due-after", filter.dueAfter, readLocal, Words::tr("Due then or later"), "TIME");
    command.read("--due-before", filter.dueBefore, readLocal, Words::tr("Due before then"), "TIME");
    command.read("--attempted-after", filter.attemptedAfter, readLocal,
                 Words::tr("With an attempt that ended then or later"), "TIME");
    command.read("--attempted-before", filter.attemptedBefore, readLocal,
                 Words::tr("With an attempt that ended before then"), "TIME");
    command.read(
        "--attempt", filter.results,
        listOf(&parseAttemptResult, Words::tr("%1 is not the result of an attempt")),
        Words::tr("What such an attempt came to, with commas: delivered, refused, too_many_requests, "
                  "server_error, other_answer, no_connection, no_answer"),
        "RESULT");
    command.text("--text", filter.text, Words::tr("An id, or a part of a key, a tag or an error"));
}

} // namespace punctual::ctl
