// SPDX-License-Identifier: GPL-3.0-or-later
#include "server.h"

#include "support/await.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QSysInfo>

#include <csignal>

namespace punctual::test
{

Server::Server(const DatabaseAddress& address, const std::map<QString, QString>& environment)
{
    QFile config(m_directory.filePath(QStringLiteral("punctual.toml")));
    if (!config.open(QIODevice::WriteOnly)) // empty: so that the machine's own is not read
        qFatal("%s cannot be written", qPrintable(config.fileName()));
    m_process = std::make_unique<Process>(
        QStringLiteral("punctuald"),
        QStringList{QStringLiteral("--config"), config.fileName(), QStringLiteral("--database"),
                    address.conninfo, QStringLiteral("--data-dir"), m_directory.path(),
                    QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")},
        environment);
    static const QRegularExpression form(QStringLiteral("listens on (http\\S*:\\d+)"));
    if (m_process->start() && m_process->waitForLine(QStringLiteral("listens on ")))
        m_url = form.match(QString::fromUtf8(m_process->output())).captured(1);
    m_nodeName = QStringLiteral("%1:%2").arg(QSysInfo::machineHostName()).arg(m_process->processId());
    if (m_url.isEmpty())
        qFatal("punctuald did not start: %s", m_process->errors().constData());
}

void Server::pause()
{
    ::kill(static_cast<pid_t>(m_process->processId()), SIGSTOP);
}

void Server::resume()
{
    ::kill(static_cast<pid_t>(m_process->processId()), SIGCONT);
}

bool Server::terminate()
{
    const bool ended = m_process->terminate() == 0;
    if (!ended)
        qWarning("%s", m_process->errors().right(8000).constData());
    return ended;
}

int Server::readiness() const
{
    QNetworkAccessManager network;
    QNetworkRequest request{QUrl(m_url + QStringLiteral("/readyz"))};
    request.setTransferTimeout(std::chrono::milliseconds(patience).count());
    QNetworkReply* reply = network.get(request); // goes with the manager
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace punctual::test
