// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/receiver.h"

#include "support/await.h"
#include "support/receiver_connection.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace punctual::test
{

QByteArray ReceivedRequest::header(QByteArrayView name) const
{
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const Header& header) {
        return header.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == headers.end() ? QByteArray() : found->value;
}

namespace
{

QSslConfiguration configurationOf(const ReceiverTls& tls)
{
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(tls.identity.certificate));
    configuration.setPrivateKey(QSslKey(tls.identity.key, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    if (!tls.clientAuthority.isEmpty()) {
        configuration.setCaCertificates(QSslCertificate::fromData(tls.clientAuthority));
        configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    }
    return configuration;
}

} // namespace

/// The listening socket and the connections, which are its children.
class Receiver::Server : public QTcpServer
{
public:
    Server(Receiver& receiver, const std::optional<ReceiverTls>& tls)
        : m_receiver(receiver)
    {
        if (tls) {
            m_configuration = configurationOf(*tls);
            m_delay = tls->delay;
        }
        setListenBacklogSize(1000);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = nextPendingConnection())
                serve(*socket);
        });
    }

    void closeAll()
    {
        close();
        qDeleteAll(findChildren<QTcpSocket*>(QString(), Qt::FindDirectChildrenOnly));
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        if (!m_configuration)
            return QTcpServer::incomingConnection(descriptor);
        auto* socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        socket->setSslConfiguration(*m_configuration);
        const auto start = [this, socket] {
            socket->startServerEncryption(); // it is read from when this is done
            serve(*socket);
        };
        if (m_delay > Duration{})
            QTimer::singleShot(std::chrono::ceil<std::chrono::milliseconds>(m_delay), socket, start);
        else
            start();
    }

private:
    void serve(QTcpSocket& socket)
    {
        m_receiver.noteConnection();
        new ReceiverConnection(socket, m_receiver);
    }

    Receiver& m_receiver;
    Duration m_delay{};
    std::optional<QSslConfiguration> m_configuration;
};

Receiver::Receiver(QObject* parent)
    : Receiver(std::nullopt, parent)
{
}

Receiver::Receiver(const ReceiverTls& tls)
    : Receiver(tls, nullptr)
{
}

Receiver::Receiver(const std::optional<ReceiverTls>& tls, QObject* parent)
    : QObject(parent)
    , m_isSecure(tls.has_value())
    , m_server(new Server(*this, tls))
{
    m_server->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("receiver"));
    m_thread.start();
    listen();
}

Receiver::~Receiver()
{
    m_thread.quit();
    m_thread.wait();
}

QString Receiver::url(const QString& path) const
{
    return QStringLiteral("%1://127.0.0.1:%2%3")
        .arg(m_isSecure ? QStringLiteral("https") : QStringLiteral("http"))
        .arg(m_port)
        .arg(path);
}

void Receiver::replyAlways(const Reply& reply)
{
    const std::scoped_lock lock(m_mutex);
    m_always = reply;
}

void Receiver::replyNext(const Reply& reply)
{
    const std::scoped_lock lock(m_mutex);
    m_next.push_back(reply);
}

void Receiver::refuse()
{
    QMetaObject::invokeMethod(m_server, &Server::closeAll, Qt::BlockingQueuedConnection);
}

void Receiver::listen()
{
    const auto open = [this] {
        if (!m_server->listen(QHostAddress::LocalHost, m_port))
            qFatal("The receiver cannot listen: %s", qPrintable(m_server->errorString()));
        m_port = m_server->serverPort();
    };
    QMetaObject::invokeMethod(m_server, open, Qt::BlockingQueuedConnection);
}

std::vector<ReceivedRequest> Receiver::requests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

std::size_t Receiver::count() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests.size();
}

std::size_t Receiver::connections() const
{
    const std::scoped_lock lock(m_mutex);
    return m_connections;
}

std::size_t Receiver::mostAtOnce() const
{
    const std::scoped_lock lock(m_mutex);
    return m_mostOpen;
}

bool Receiver::waitFor(std::size_t wanted)
{
    QEventLoop loop;
    connect(this, &Receiver::received, &loop, [&] {
        if (count() >= wanted)
            loop.quit();
    });
    QTimer::singleShot(patience, &loop, &QEventLoop::quit);
    if (count() < wanted)
        loop.exec();
    return count() >= wanted;
}

Reply Receiver::takeReply()
{
    const std::scoped_lock lock(m_mutex);
    if (m_next.empty())
        return m_always;
    Reply reply = std::move(m_next.front());
    m_next.pop_front();
    return reply;
}

void Receiver::noteConnection()
{
    const std::scoped_lock lock(m_mutex);
    ++m_connections;
}

void Receiver::note(ReceivedRequest request)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_requests.push_back(std::move(request));
        m_mostOpen = std::max(m_mostOpen, ++m_open);
    }
    Q_EMIT received();
}

void Receiver::noteAnswered()
{
    const std::scoped_lock lock(m_mutex);
    --m_open;
}

} // namespace punctual::test
