// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/open_installation.h"
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"

#include <QCoreApplication>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(SecretsCommand)
};

/// Seals everything anew with the keys as they are now; `context` may have been opened with older ones.
ExitCode reseal(const Context& context)
{
    const auto keys = app::loadSecretKeys(context.installation.dataDir(),
                                          QProcessEnvironment::systemEnvironment(), app::WhenNoKey::Empty);
    if (!keys)
        return failed(keys.error());
    DatabaseAddress address = context.installation.address();
    address.secretKeys = *keys;
    client::Client client(address, 1);
    const auto sealed = await<int>([&](QObject* receiver, client::Answer<int> answer) {
        client.resealSecrets(context.actor, receiver, std::move(answer));
    });
    if (!sealed)
        return failed(sealed.error());
    if (context.json)
        print(QJsonObject{{QStringLiteral("destinations"), *sealed}});
    else
        print(
            Words::tr("The secrets of %n destination(s) are sealed with the current key.", nullptr, *sealed));
    return ExitCode::Done;
}

/// A key that nodes do not have yet must not seal anything: so this only makes it.
ExitCode rotate(const Context& context)
{
    const auto environment = QProcessEnvironment::systemEnvironment();
    const QString file = app::secretKeyFile(context.installation.dataDir());
    if (environment.contains(QStringLiteral("PUNCTUAL_SECRET_KEY")) ||
        environment.contains(QStringLiteral("CREDENTIALS_DIRECTORY")))
        return failed(
            {ErrorCode::Unsupported,
             Words::tr("The keys do not come from %1 here: put a new one first in the place that they come "
                       "from, start the nodes again, and then use \"secrets reseal\".")
                 .arg(file)});
    if (const auto added = app::addKey(file); !added)
        return failed(added.error());
    if (context.json)
        print(QJsonObject{{QStringLiteral("file"), file}});
    else
        print(Words::tr(
                  "A new key stands first in %1. Give the file to every node and start the nodes again; then "
                  "\"punctualctl secrets reseal\" seals everything with it. The older keys may go when no "
                  "backup needs them any more.")
                  .arg(file));
    return ExitCode::Done;
}

} // namespace

void addSecretsCommand(CommandParser& app, Command& chosen)
{
    auto parent =
        app.addCommand("secrets", Words::tr("The key that secrets in the database are sealed with"));
    parent.addCommand("rotate", Words::tr("Make a new key, to be given to every node before it is used"))
        .whenGiven([&chosen] { chosen = rotate; });
    parent.addCommand("reseal", Words::tr("Seal with the current key what an older one sealed"))
        .whenGiven([&chosen] { chosen = reseal; });
}

} // namespace punctual::ctl
