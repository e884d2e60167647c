// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/wiring.h"

#include "app/common/open_installation.h"

#include <QSysInfo>
#include <QUrl>

namespace punctual::app
{

api::ServerOptions serverOptions(const Settings& settings)
{
    return {.address = settings.listen.host,
            .port = settings.listen.port,
            .tlsCertificateFile = settings.tlsCertificateFile,
            .tlsKeyFile = settings.tlsKeyFile,
            .limits = {},
            .http = {},
            .publicMetrics = settings.publicMetrics,
            .requestsPerSecond = settings.requestsPerSecond,
            .onNetwork = settings.listensOnNetwork,
            .socketFiles = settings.socketFiles};
}

Result<client::Installation> openForNode(const Settings& settings)
{
    auto installation = openInstallation(settings);
    if (!installation)
        return installation;
    if (const auto token = installation->writeFirstToken(); !token)
        return tl::unexpected(token.error());
    if (settings.retention)
        if (const auto set = installation->setRetention(*settings.retention); !set)
            return tl::unexpected(set.error());
    if (settings.auditRetention)
        if (const auto set = installation->setAuditRetention(*settings.auditRetention); !set)
            return tl::unexpected(set.error());
    return installation;
}

runtime::NodeOptions nodeOptions()
{
    return {
        .name =
            QStringLiteral("%1:%2").arg(QSysInfo::machineHostName()).arg(QCoreApplication::applicationPid())};
}

QString apiUrl(const Settings& settings, quint16 port)
{
    QUrl url;
    url.setScheme(settings.tlsCertificateFile.isEmpty() ? QStringLiteral("http") : QStringLiteral("https"));
    url.setHost(settings.listen.host.toString());
    url.setPort(port);
    return url.toString();
}

} // namespace punctual::app
