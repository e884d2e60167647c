// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(BackupCommands)
};

struct Options
{
    QString file;
    client::RestoreChoice choice;
};

QString absolute(const QString& file)
{
    return QFileInfo(file).absoluteFilePath();
}

ExitCode backUp(const Context& context, const QString& file)
{
    if (const auto made = context.installation.backUp(file); !made)
        return failed(made.error());
    const qint64 bytes = QFileInfo(file).size();
    if (context.json)
        print(QJsonObject{{QStringLiteral("file"), file}, {QStringLiteral("bytes"), bytes}});
    else
        print(Words::tr("%1 holds the database, %2 bytes. The key of its secrets is not in it: keep "
                        "secret.key of the "
                        "data directory as well, in another place.")
                  .arg(file)
                  .arg(bytes));
    return ExitCode::Done;
}

ExitCode restore(const Context& context, const QString& file, const client::RestoreChoice& choice)
{
    const auto restored = context.installation.restore(file, context.actor, choice);
    if (!restored)
        return failed(restored.error());
    if (context.json) {
        print(QJsonObject{{QStringLiteral("waiting"), restored->waiting},
                          {QStringLiteral("paused_destinations"), restored->paused}});
        return ExitCode::Done;
    }
    print(Words::tr("The database is that of the backup, with %n message(s) that are not over.", nullptr,
                    static_cast<int>(std::min<qint64>(restored->waiting, std::numeric_limits<int>::max()))));
    if (!choice.resume)
        print(Words::tr(
            "What was sent or cancelled after the backup was made waits in it again. So all destinations are "
            "paused: look at what is due, cancel what has gone already, then \"punctualctl destination "
            "resume\" each of them. Tokens that were revoked since then are valid again."));
    return ExitCode::Done;
}

} // namespace

void addBackupCommands(CommandParser& app, Command& chosen)
{
    const auto options = std::make_shared<Options>();
    auto backup =
        app.addCommand("backup", Words::tr("Copy the database of the private PostgreSQL into a file"));
    backup.text("file", options->file, Words::tr("A file that does not exist yet")).required();
    backup.whenGiven([options, &chosen] {
        chosen = [options](const Context& context) { return backUp(context, absolute(options->file)); };
    });
    auto command = app.addCommand(
        "restore-backup",
        Words::tr(
            "Put a backup in the place of the database; nothing is sent until destinations are resumed"));
    command.text("file", options->file, Words::tr("What \"backup\" wrote")).required();
    command.flag("--replace", options->choice.replace, Words::tr("Lose what the database holds now"));
    command.flag(
        "--resume", options->choice.resume,
        Words::tr("Leave destinations as they were in the backup: what is due in it is sent, even if it "
                  "was sent before"));
    command.whenGiven([options, &chosen] {
        chosen = [options](const Context& context) {
            return restore(context, absolute(options->file), options->choice);
        };
    });
}

} // namespace punctual::ctl
