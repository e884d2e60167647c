// SPDX-License-Identifier: GPL-3.0-or-later
// `destination keys` and `destination release`: keys whose messages do not go on at once.
#include "app/ctl/await.h"
#include "app/ctl/destination_commands.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "client/lane_json.h"
#include "core/uuid_v7.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <cstdio>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DestinationKeyCommands)
};

using Keys = std::vector<BlockedKey>;

void printJson(const Keys& keys, const std::optional<QString>& next)
{
    QJsonArray items;
    for (const auto& key : keys)
        items.append(toJson(key));
    print(QJsonObject{{QStringLiteral("items"), items},
                      {QStringLiteral("next_cursor"), next ? QJsonValue(*next) : QJsonValue()}});
}

QString stateOf(const BlockedKey& key)
{
    if (key.parkedAt)
        return Words::tr("parked since %1").arg(toLocalText(*key.parkedAt));
    if (key.headNextAttemptAt)
        return Words::tr("next attempt at %1").arg(toLocalText(*key.headNextAttemptAt));
    return toText(key.headState);
}

void printForPeople(const Keys& keys, const std::optional<QString>& next)
{
    if (keys.empty()) {
        print(Words::tr("No key is blocked."));
        return;
    }
    std::vector<QStringList> rows{{Words::tr("KEY"), Words::tr("HEAD"), Words::tr("STATE"),
                                   Words::tr("ATTEMPTS"), Words::tr("WAITING"), Words::tr("LAST ERROR")}};
    for (const auto& key : keys)
        rows.push_back({key.key, toText(key.head), stateOf(key), QString::number(key.headAttempts),
                        QString::number(key.waiting), key.headError});
    print(aligned(rows));
    if (next)
        std::fprintf(stderr, "%s\n", qUtf8Printable(Words::tr("There are more: --cursor %1").arg(*next)));
}

ExitCode listKeys(const Context& context, const QString& name, const QString& after, int limit)
{
    auto found = await<Keys>([&](QObject* receiver, client::Answer<Keys> answer) {
        // One more tells whether there are more.
        context.client.blockedKeys(context.actor, name, after, limit + 1, receiver, std::move(answer));
    });
    if (!found)
        return failed(found.error());
    std::optional<QString> next;
    if (found->size() > static_cast<std::size_t>(limit)) {
        found->resize(static_cast<std::size_t>(limit));
        next = keyCursor(found->back().key);
    }
    if (context.json)
        printJson(*found, next);
    else
        printForPeople(*found, next);
    return ExitCode::Done;
}

ExitCode release(const Context& context, const QString& name, const QString& key, const QString& reason)
{
    Actor actor = context.actor;
    actor.reason = reason;
    const auto released = await<void>([&](QObject* receiver, client::Answer<void> answer) {
        context.client.releaseKey(actor, name, key, receiver, std::move(answer));
    });
    if (!released)
        return failed(released.error());
    if (!context.json)
        print(Words::tr("Released the key %1 of %2.").arg(key, name));
    return ExitCode::Done;
}

} // namespace

void addDestinationKeys(CommandParser& parent, Command& chosen)
{
    struct Options
    {
        QString after;
        int limit = 100;
    };
    const auto name = std::make_shared<QString>();
    const auto options = std::make_shared<Options>();
    auto command =
        addNamed(parent, "keys", Words::tr("List the keys whose messages do not go on at once"), name);
    const auto readCursor = [options](const QString& text) {
        const auto after = parseKeyCursor(text);
        if (!after)
            refuse("--cursor", Words::tr("is not a cursor of an earlier page"));
        options->after = *after;
    };
    command.take("--cursor", readCursor, Words::tr("Go on after an earlier page"), "CURSOR");
    command.number("--limit", options->limit, 1, 500, Words::tr("Rows to give"));
    command.whenGiven([&chosen, name, options] {
        chosen = [name, options](const Context& context) {
            return listKeys(context, *name, options->after, options->limit);
        };
    });
}

void addDestinationRelease(CommandParser& parent, Command& chosen)
{
    struct Options
    {
        QString key;
        QString reason;
    };
    const auto name = std::make_shared<QString>();
    const auto options = std::make_shared<Options>();
    auto command = addNamed(parent, "release",
                            Words::tr("Let a key go on that was parked when its head failed for good"), name);
    command.text("key", options->key, Words::tr("The ordering key"), "KEY").required();
    command.text("--reason", options->reason, Words::tr("Why, for the audit"));
    command.whenGiven([&chosen, name, options] {
        chosen = [name, options](const Context& context) {
            return release(context, *name, options->key, options->reason);
        };
    });
}

} // namespace punctual::ctl
