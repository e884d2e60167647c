// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with this installation, and how to mend it. Looks as far as it gets: what comes later needs
// what came before.
#include "app/common/open_installation.h"
#include "app/common/secret_keys.h"
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/output.h"
#include "client/administration.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QStorageInfo>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DoctorCommand)
};

using namespace std::chrono_literals;

constexpr qint64 scarceBytes = qint64{1024} * 1024 * 1024;
constexpr auto largeOffset = 1s;
constexpr auto longTransaction = 5min;

enum class Judgement { Fine, Doubtful, Wrong };

struct Finding
{
    Judgement judgement;
    QString what;
    QString remedy; // empty for what is fine
};

using Findings = std::vector<Finding>;

QString wordOf(Judgement judgement)
{
    switch (judgement) {
    case Judgement::Fine:
        return QStringLiteral("ok");
    case Judgement::Doubtful:
        return QStringLiteral("warning");
    case Judgement::Wrong:
        return QStringLiteral("problem");
    }
    Q_UNREACHABLE();
}

void lookAtFiles(const app::Settings& settings, Findings& findings)
{
    const QFileInfo directory(settings.dataDir);
    if (!directory.exists())
        return findings.push_back({Judgement::Doubtful,
                                   Words::tr("%1 does not exist yet.").arg(settings.dataDir),
                                   Words::tr("The first start makes it.")});
    if (!directory.isWritable())
        return findings.push_back({Judgement::Wrong,
                                   Words::tr("%1 cannot be written to.").arg(settings.dataDir),
                                   Words::tr("Run this as its owner, %1.").arg(directory.owner())});
    findings.push_back({Judgement::Fine, Words::tr("The data directory is %1.").arg(settings.dataDir), {}});
    for (const auto& path :
         {settings.dataDir + QStringLiteral("/admin.token"), app::secretKeyFile(settings.dataDir)}) {
        constexpr auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther |
                                QFileDevice::WriteOther;
        if (QFileInfo::exists(path) && (QFileInfo(path).permissions() & others))
            findings.push_back({Judgement::Wrong, Words::tr("Others than its owner may read %1.").arg(path),
                                Words::tr("chmod 600 %1").arg(path)});
    }
    const QStorageInfo disk(settings.dataDir);
    if (disk.isValid() && disk.bytesAvailable() < scarceBytes)
        findings.push_back({Judgement::Doubtful,
                            Words::tr("%1 MiB are free on %2.")
                                .arg(disk.bytesAvailable() / (1024 * 1024))
                                .arg(disk.rootPath()),
                            Words::tr("Make room: a full disk stops PostgreSQL.")});
}

void lookAtNodes(const Metrics& metrics, Findings& findings)
{
    int alive = 0;
    int shards = 0;
    for (const auto& node : metrics.nodes) {
        if (!node.alive)
            continue;
        ++alive;
        shards += node.shards;
        if (node.clockOffset && std::chrono::abs(*node.clockOffset) > largeOffset)
            findings.push_back({Judgement::Doubtful,
                                Words::tr("The clock of %1 is %2 ms ahead of the database's.")
                                    .arg(node.name)
                                    .arg(toMilliseconds(*node.clockOffset)),
                                Words::tr("Nothing is early or late by that, but run NTP on both.")});
        for (const auto& [destination, reason] : node.locked)
            findings.push_back(
                {Judgement::Wrong,
                 Words::tr("%1 sends nothing to %2: %3").arg(node.name, destination, reason),
                 Words::tr("Mend that on its machine, the file of secret keys say, and start it again.")});
    }
    if (alive == 0)
        findings.push_back({Judgement::Wrong, Words::tr("No node is running: nothing is delivered."),
                            Words::tr("systemctl start punctuald, or start punctuald or punctual.")});
    else if (shards < 64)
        findings.push_back({Judgement::Doubtful, Words::tr("Only %1 of 64 shards have a node.").arg(shards),
                            Words::tr("That is so for seconds after a node has ended; look again.")});
    else
        findings.push_back({Judgement::Fine, Words::tr("%n node(s) deliver.", nullptr, alive), {}});
}

void lookAtDatabase(const Metrics& metrics, Findings& findings)
{
    const auto& database = metrics.database;
    findings.push_back({Judgement::Fine,
                        Words::tr("The database answers; it has %1 MiB.").arg(database.bytes / (1024 * 1024)),
                        {}});
    if (database.connections * 10 > database.mostConnections * 9)
        findings.push_back({Judgement::Doubtful,
                            Words::tr("%1 of %2 connections to PostgreSQL are taken.")
                                .arg(database.connections)
                                .arg(database.mostConnections),
                            Words::tr("Raise max_connections.")});
    if (database.oldestTransaction > longTransaction)
        findings.push_back(
            {Judgement::Doubtful,
             Words::tr("A transaction has been open for %1.")
                 .arg(toText(std::chrono::floor<std::chrono::seconds>(database.oldestTransaction))),
             Words::tr("It holds back vacuum, and that slows everything: find it in "
                       "pg_stat_activity by xact_start.")});
    for (const auto& destination : metrics.destinations) {
        if (destination.breaker == BreakerState::Open)
            findings.push_back({Judgement::Doubtful,
                                Words::tr("The circuit breaker of %1 is open.").arg(destination.name),
                                Words::tr("punctualctl destination show %1").arg(destination.name)});
        if (destination.paused)
            findings.push_back({Judgement::Doubtful, Words::tr("%1 is paused.").arg(destination.name),
                                Words::tr("punctualctl destination resume %1").arg(destination.name)});
    }
}

void lookAtInstallation(const app::Settings& settings, Findings& findings)
{
    const auto installation = app::openInstallation(settings);
    if (!installation)
        return findings.push_back(
            {Judgement::Wrong, installation.error().detail,
             settings.databaseUrl.isEmpty()
                 ? Words::tr("The log of the private PostgreSQL is in %1/cluster/log.").arg(settings.dataDir)
                 : Words::tr("Try database.url with psql from this machine.")});
    client::Administration administration(installation->address());
    const auto metrics = await<Metrics>([&](QObject* receiver, client::Answer<Metrics> answer) {
        administration.metrics({QStringLiteral("doctor"), QStringLiteral("command line")}, receiver,
                               std::move(answer));
    });
    if (!metrics)
        return findings.push_back({Judgement::Wrong, metrics.error().detail,
                                   Words::tr("The login of database.url needs the role punctual_viewer.")});
    lookAtDatabase(*metrics, findings);
    lookAtNodes(*metrics, findings);
}

Findings examine(const app::CommandLine& commandLine)
{
    Findings findings;
    const auto problems = app::problemsOfSettings(app::sourcesOf(commandLine));
    for (const auto& problem : problems)
        findings.push_back({Judgement::Wrong, problem, Words::tr("Mend the setting.")});
    const auto settings = app::readSettings(commandLine);
    if (!settings)
        return findings;
    if (problems.isEmpty())
        findings.push_back({Judgement::Fine, Words::tr("The settings are fine."), {}});
    lookAtFiles(*settings, findings);
    lookAtInstallation(*settings, findings);
    return findings;
}

ExitCode examineAndTell(const app::CommandLine& commandLine, bool json)
{
    bool isWell = true;
    QJsonArray items;
    for (const auto& finding : examine(commandLine)) {
        isWell = isWell && finding.judgement != Judgement::Wrong;
        items.append(QJsonObject{{QStringLiteral("judgement"), wordOf(finding.judgement)},
                                 {QStringLiteral("what"), finding.what},
                                 {QStringLiteral("remedy"), finding.remedy}});
        if (!json)
            print(wordOf(finding.judgement).leftJustified(9) + finding.what +
                  (finding.remedy.isEmpty() ? QString() : QStringLiteral("\n         ") + finding.remedy));
    }
    if (json)
        print(QJsonObject{{QStringLiteral("well"), isWell}, {QStringLiteral("items"), items}});
    return isWell ? ExitCode::Done : ExitCode::Fault;
}

} // namespace

void addDoctorCommand(CommandParser& app, OfflineCommand& chosen)
{
    app.addCommand("doctor",
                   Words::tr("Look for what is wrong with this installation and say how to mend it"))
        .whenGiven([&chosen] { chosen = examineAndTell; });
}

} // namespace punctual::ctl
