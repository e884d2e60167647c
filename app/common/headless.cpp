// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/headless.h"

#include "api/server.h"
#include "app/common/cluster_keeper.h"
#include "app/common/exit_code.h"
#include "app/common/start_extension.h"
#include "app/common/systemd.h"
#include "app/common/unix_signals.h"
#include "app/common/wiring.h"
#include "runtime/node_host.h"

#include <QFile>
#include <QLoggingCategory>

#include <cstdio>

namespace punctual::app
{

namespace
{

Q_LOGGING_CATEGORY(logHeadless, "punctual.headless", QtInfoMsg)

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Headless)
};

int fail(const Error& error)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(error.detail));
    return static_cast<int>(exitCodeOf(error.code));
}

void printWhereItListens(const Settings& settings, quint16 port)
{
    const QString token = settings.dataDir + QStringLiteral("/admin.token");
    QStringList places;
    if (settings.listensOnNetwork)
        places.append(apiUrl(settings, port));
    for (const auto& file : settings.socketFiles)
        places.append(QStringLiteral("unix:") + file);
    QString line = Words::tr("Punctual %1 listens on %2")
                       .arg(QStringLiteral(PUNCTUAL_VERSION), places.join(QStringLiteral(", ")));
    if (QFile::exists(token))
        line += Words::tr("; the admin token is in %1").arg(token);
    std::printf("%s\n", qUtf8Printable(line));
    std::fflush(stdout);
}

/// Runs until a signal has come and the node has stopped.
int serve(QCoreApplication& application, const Settings& settings, api::Server& server,
          runtime::NodeHost& node)
{
    UnixSignals signalsOfSystem;
    QObject::connect(&signalsOfSystem, &UnixSignals::stopRequested, &node, [&] {
        qCInfo(logHeadless, "stopping: requests in flight finish");
        systemd::notifyStopping();
        systemd::notifyStatus(Words::tr("Stopping: requests in flight finish"));
        node.stop(); // goes on in its own thread
        server.stop();
    });
    QObject::connect(&node, &runtime::NodeHost::readyChanged, &node, [](bool ready) {
        systemd::notifyStatus(ready ? Words::tr("Delivering")
                                    : Words::tr("Not delivering: waiting for the database"));
    });
    QObject::connect(&node, &runtime::NodeHost::alive, &node, &systemd::notifyAlive);
    QObject::connect(&node, &runtime::NodeHost::stopped, &application, &QCoreApplication::quit);
    node.start();
    systemd::notifyReady();
    printWhereItListens(settings, server.port()); // from here on a signal is a clean stop
    return QCoreApplication::exec();
}

} // namespace

int runHeadless(QCoreApplication& application, const Settings& settings)
{
    systemd::notifyStatus(Words::tr("Opening the database"));
    const auto installation = [&] {
        const systemd::StartExtension moreTime;
        return openForNode(settings);
    }();
    if (!installation)
        return fail(installation.error());
    api::Server server(installation->address(), serverOptions(settings));
    if (const auto started = server.start(); !started)
        return fail(started.error());
    runtime::NodeHost node(installation->address(), nodeOptions());
    const ClusterKeeper keeper(*installation, node);
    return serve(application, settings, server, node);
}

} // namespace punctual::app
