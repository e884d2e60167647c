// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "client/administration.h"
#include "client/audit_json.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TokenCommand)
};

using Tokens = std::vector<TokenRecord>;

struct AddOptions
{
    NewToken token;
    std::optional<Duration> expiresIn;
};

ExitCode add(const Context& context, const AddOptions& options)
{
    NewToken token = options.token;
    if (options.expiresIn)
        token.expiresAt =
            std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()) + *options.expiresIn;
    client::Administration administration(context.installation.address());
    const auto secret = await<QByteArray>([&](QObject* receiver, client::Answer<QByteArray> answer) {
        administration.makeToken(context.actor, token, receiver, std::move(answer));
    });
    if (!secret)
        return failed(secret.error());
    if (context.json)
        print(QJsonObject{{QStringLiteral("name"), token.name},
                          {QStringLiteral("role"), QString(toText(token.role))},
                          {QStringLiteral("token"), QString::fromLatin1(*secret)}});
    else
        write(*secret + '\n'); // alone, so that it can go into a file
    return ExitCode::Done;
}

QString stateOf(const TokenRecord& token, Instant now)
{
    if (token.revokedAt)
        return Words::tr("revoked %1").arg(toLocalText(*token.revokedAt));
    if (!token.expiresAt)
        return Words::tr("valid");
    return (*token.expiresAt > now ? Words::tr("valid until %1") : Words::tr("expired %1"))
        .arg(toLocalText(*token.expiresAt));
}

void printForPeople(const Tokens& tokens)
{
    const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    std::vector<QStringList> rows{{Words::tr("NAME"), Words::tr("ROLE"), Words::tr("DESTINATIONS"),
                                   Words::tr("LAST USED"), Words::tr("STATE")}};
    for (const auto& token : tokens)
        rows.push_back(
            {token.name, toText(token.role),
             token.destinations.isEmpty() ? Words::tr("all") : token.destinations.join(QStringLiteral(",")),
             token.lastUsedAt ? toLocalText(*token.lastUsedAt) : Words::tr("never"), stateOf(token, now)});
    print(aligned(rows));
}

ExitCode list(const Context& context)
{
    client::Administration administration(context.installation.address());
    const auto tokens = await<Tokens>([&](QObject* receiver, client::Answer<Tokens> answer) {
        administration.tokens(context.actor, receiver, std::move(answer));
    });
    if (!tokens)
        return failed(tokens.error());
    if (!context.json) {
        printForPeople(*tokens);
        return ExitCode::Done;
    }
    QJsonArray items;
    for (const auto& token : *tokens)
        items.append(toJson(token));
    print(QJsonObject{{QStringLiteral("items"), items}});
    return ExitCode::Done;
}

ExitCode revoke(const Context& context, const QString& name)
{
    client::Administration administration(context.installation.address());
    const auto revoked = await<void>([&](QObject* receiver, client::Answer<void> answer) {
        administration.revokeToken(context.actor, name, receiver, std::move(answer));
    });
    if (!revoked)
        return failed(revoked.error());
    if (context.json)
        print(QJsonObject{{QStringLiteral("name"), name}});
    else
        print(Words::tr("%1 is revoked; a server that has just let it in does so for five seconds more.")
                  .arg(name));
    return ExitCode::Done;
}

void addAdd(CommandParser& parent, Command& chosen)
{
    auto command = parent.addCommand("add", Words::tr("Make a token and print it, this once only"));
    const auto options = std::make_shared<AddOptions>();
    command.text("name", options->token.name, Words::tr("Who uses it; the audit names it so"), "NAME")
        .required();
    const auto takeRole = [options](const QString& value) {
        options->token.role = parseRole(value).value_or(Role::Viewer);
    };
    command.take("--role", takeRole, Words::tr("viewer, operator or admin"), "TEXT")
        .required()
        .oneOf({"viewer", "operator", "admin"});
    command.read("--expires-in", options->expiresIn, parseDuration,
                 Words::tr("As in 90d; without it the token is good until it is revoked"), "SPAN");
    const auto takeDestinations = [options](const QStringList& names) {
        options->token.destinations = names;
    };
    command.takeAll("--destination", takeDestinations, Words::tr("It reaches this one only; may be repeated"),
                    "NAME");
    command.whenGiven([&chosen, options] {
        chosen = [options](const Context& context) { return add(context, *options); };
    });
}

void addRevoke(CommandParser& parent, Command& chosen)
{
    auto command = parent.addCommand("revoke", Words::tr("Let nobody in with it any more"));
    const auto name = std::make_shared<QString>();
    command.text("name", *name, Words::tr("Name of the token"), "NAME").required();
    command.whenGiven(
        [&chosen, name] { chosen = [name](const Context& context) { return revoke(context, *name); }; });
}

} // namespace

void addTokenCommand(CommandParser& app, Command& chosen)
{
    auto parent = app.addCommand("token", Words::tr("Tokens of the REST API"));
    addAdd(parent, chosen);
    parent.addCommand("list", Words::tr("Show all tokens, without their secrets")).whenGiven([&chosen] {
        chosen = list;
    });
    addRevoke(parent, chosen);
}

} // namespace punctual::ctl
