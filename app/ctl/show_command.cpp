// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/message_id_option.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "core/message_json.h"
#include "core/uuid_v7.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ShowCommand)
};

constexpr int mostReplays = 100;

QString resultOf(int status, const QString& error)
{
    return status != 0 ? QStringLiteral("HTTP %1 %2").arg(status).arg(error).trimmed() : error;
}

std::vector<QStringList> factsOf(const Message& message, const std::vector<MessageId>& replays)
{
    std::vector<QStringList> facts;
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty())
            facts.push_back({name, value});
    };
    const auto local = [](const std::optional<Instant>& instant) {
        return instant ? toLocalText(*instant) : QString();
    };
    add(Words::tr("Message"), toText(message.id));
    add(Words::tr("Destination"), message.destination);
    add(Words::tr("State"), toText(message.state));
    add(Words::tr("Due"), toLocalText(message.dueAt));
    add(Words::tr("Next attempt"), local(message.nextAttemptAt));
    add(Words::tr("Finished"), local(message.finishedAt));
    add(Words::tr("Created"), toLocalText(message.createdAt));
    add(Words::tr("Priority"), toText(message.priority));
    add(Words::tr("Key"), message.key);
    add(Words::tr("Tags"), message.tags.join(QStringLiteral(", ")));
    add(Words::tr("Expires after"), message.expiresAfter ? toText(*message.expiresAfter) : QString());
    add(Words::tr("Attempts"), Words::tr("%1 of %2").arg(message.attempts).arg(message.maxAttempts));
    add(Words::tr("Last result"), resultOf(message.lastStatus, message.lastError));
    add(Words::tr("Cancelled by"), message.cancelledBy);
    add(Words::tr("Replay of"), message.replayOf ? toText(*message.replayOf) : QString());
    for (const auto& replay : replays)
        add(Words::tr("Replayed as"), toText(replay));
    if (message.content) {
        add(Words::tr("Content type"), QString::fromLatin1(message.content->type));
        const auto headers = toJson(message.content->headers); // credentials are hidden
        for (auto header = headers.begin(); header != headers.end(); ++header)
            add(Words::tr("Header"), header.key() + QStringLiteral(": ") + header.value().toString());
    }
    return facts;
}

void printAttempts(const std::vector<Attempt>& attempts)
{
    if (attempts.empty())
        return;
    std::vector<QStringList> rows{{Words::tr("ATTEMPT"), Words::tr("STARTED"), Words::tr("LATE"),
                                   Words::tr("OUTCOME"), Words::tr("RESULT")}};
    for (const auto& attempt : attempts)
        rows.push_back(
            {QString::number(attempt.number), toLocalText(attempt.startedAt),
             Words::tr("%1 ms").arg(static_cast<double>(attempt.lateness.count()) / 1000, 0, 'f', 1),
             toText(attempt.outcome), resultOf(attempt.status, attempt.error)});
    print(u'\n' + aligned(rows));
}

void printBody(const Message& message)
{
    if (!message.content || message.content->body.isEmpty())
        return;
    if (message.content->body.isValidUtf8())
        print(u'\n' + QString::fromUtf8(message.content->body));
    else
        print(u'\n' + Words::tr("%1 bytes that are not text").arg(message.bodySize));
}

/// The message as REST gives it, with one member more.
QJsonObject withMore(const Message& message, const std::vector<Attempt>& attempts,
                     const std::vector<MessageId>& replays)
{
    QJsonArray list;
    for (const auto& attempt : attempts)
        list.append(toJson(attempt));
    QJsonObject object = toJson(message);
    object.insert(QStringLiteral("attempt_list"), list);
    QJsonArray ids;
    for (const auto& replay : replays)
        ids.append(toText(replay));
    object.insert(QStringLiteral("replays"), ids);
    return object;
}

ExitCode show(const Context& context, const MessageId& id)
{
    const auto message = await<Message>([&](QObject* receiver, client::Answer<Message> answer) {
        context.client.find(context.actor, id, receiver, std::move(answer));
    });
    if (!message)
        return failed(message.error());
    using Attempts = std::vector<Attempt>;
    const auto attempts = await<Attempts>([&](QObject* receiver, client::Answer<Attempts> answer) {
        context.client.attempts(context.actor, id, receiver, std::move(answer));
    });
    if (!attempts)
        return failed(attempts.error());
    const auto replays = await<std::vector<MessageId>>([&](QObject* receiver, auto answer) {
        context.client.replays(context.actor, id, mostReplays, receiver, std::move(answer));
    });
    if (!replays)
        return failed(replays.error());
    if (context.json) {
        print(withMore(*message, *attempts, *replays));
    } else {
        print(aligned(factsOf(*message, *replays)));
        printAttempts(*attempts);
        printBody(*message);
    }
    return ExitCode::Done;
}

} // namespace

void addShowCommand(CommandParser& app, Command& chosen)
{
    auto command = app.addCommand("show", Words::tr("Show a message and its attempts"));
    const auto id = std::make_shared<MessageId>();
    addMessageId(command, *id);
    command.whenGiven(
        [&chosen, id] { chosen = [id](const Context& context) { return show(context, *id); }; });
}

} // namespace punctual::ctl
