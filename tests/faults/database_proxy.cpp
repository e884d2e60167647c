// SPDX-License-Identifier: GPL-3.0-or-later
#include "database_proxy.h"

#include <QLocalSocket>
#include <QRegularExpression>

namespace punctual::test
{

namespace
{

const QString socketName = QStringLiteral("/.s.PGSQL.5432");

} // namespace

DatabaseProxy::DatabaseProxy(const DatabaseAddress& database)
    : m_directory(QStringLiteral("/tmp/punctual-proxy-XXXXXX"))
    , m_server(new QLocalServer)
{
    static const QRegularExpression form(QStringLiteral("^host=(\\S+) (.*)$"));
    const auto match = form.match(database.conninfo);
    m_host = match.captured(1);
    m_rest = match.captured(2);
    if (!match.hasMatch() || !m_server->listen(m_directory.path() + socketName))
        qFatal("no proxy: %s", qPrintable(m_server->errorString()));
    QObject::connect(m_server, &QLocalServer::newConnection, m_server, [this] { accept(); });
    QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    m_server->moveToThread(&m_thread);
    m_thread.start();
}

DatabaseProxy::~DatabaseProxy()
{
    m_thread.quit();
    m_thread.wait();
}

DatabaseAddress DatabaseProxy::address() const
{
    return {QStringLiteral("host=%1 %2").arg(m_directory.path(), m_rest)};
}

/// In the thread of the proxy.
void DatabaseProxy::accept()
{
    QLocalSocket* client = m_server->nextPendingConnection(); // a child of the server
    auto* database = new QLocalSocket(client);
    QObject::connect(client, &QLocalSocket::readyRead, database,
                     [client, database] { database->write(client->readAll()); });
    QObject::connect(database, &QLocalSocket::readyRead, client, [this, client, database] {
        if (const QByteArray answer = database->readAll(); !m_swallowing)
            client->write(answer);
    });
    QObject::connect(database, &QLocalSocket::disconnected, client, &QLocalSocket::disconnectFromServer);
    QObject::connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
    database->connectToServer(m_host + socketName);
}

void DatabaseProxy::mend()
{
    const auto cut = [this] {
        m_swallowing = false;
        qDeleteAll(m_server->findChildren<QLocalSocket*>(QString(), Qt::FindDirectChildrenOnly));
    };
    QMetaObject::invokeMethod(m_server, cut, Qt::BlockingQueuedConnection);
}

} // namespace punctual::test
