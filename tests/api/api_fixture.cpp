// SPDX-License-Identifier: GPL-3.0-or-later
#include "api_fixture.h"

#include "answer_check.h"
#include "support/await.h"

#include <QCryptographicHash>
#include <QEventLoop>
#include <QJsonDocument>
#include <QTest>
#include <QTimer>
#include <QUrl>

namespace punctual::test
{

namespace
{

constexpr auto methodProperty = "method";
constexpr auto bodyProperty = "body";

/// Whatever a test asks for: server and description have to agree on it.
void holdAgainstDescription(const QNetworkReply& reply, const Reply& read)
{
    static const Description description;
    const QByteArray method = reply.property(methodProperty).toByteArray();
    if (method.isEmpty() || read.status == 0)
        return; // not made by begin(), or cut off
    AnswerCheck check(description);
    const QString path = reply.url().path(QUrl::FullyDecoded);
    auto wrong = check.check(method, path, read);
    if (read.status < 300)
        wrong += check.checkBody(method, path, reply.property(bodyProperty).toByteArray());
    if (!wrong.isEmpty())
        QTest::qFail(
            qPrintable(QStringLiteral("openapi.yaml and %1 %2 disagree: %3")
                           .arg(QString::fromLatin1(method), path, wrong.join(QStringLiteral("; ")))),
            __FILE__, __LINE__);
}

} // namespace

QByteArray Reply::header(const QByteArray& lowerName) const
{
    for (const auto& [name, value] : headers)
        if (name.toLower() == lowerName)
            return value;
    return {};
}

QString Reply::problem() const
{
    return header("content-type") == "application/problem+json"
               ? json[QStringLiteral("type")].toString().section(u':', -1)
               : QString();
}

QStringList Reply::pointers() const
{
    QStringList pointers;
    const auto errors = json[QStringLiteral("errors")].toArray();
    for (const auto& error : errors)
        pointers.append(error[QStringLiteral("pointer")].toString());
    return pointers;
}

ApiFixture::ApiFixture(api::ServerOptions options)
    : server(address(), [&] {
        options.port = 0;
        return options;
    }())
{
    for (const auto role : {Role::Viewer, Role::Operator, Role::Admin}) {
        const QByteArray hash = QCryptographicHash::hash(tokenOf(role), QCryptographicHash::Sha256).toHex();
        database.exec(
            QStringLiteral("INSERT INTO punctual.api_tokens (name, role, hash) VALUES ('%1', '%1', '\\x%2')")
                .arg(QString(toText(role)), QString::fromLatin1(hash)));
    }
    if (const auto started = server.start(); !started)
        qFatal("%s", qPrintable(started.error().detail));
    actAs(Role::Admin);
}

DatabaseAddress ApiFixture::address() const
{
    auto address = database.address();
    address.secretKeys = {SecretKey({7})};
    return address;
}

void ApiFixture::actAs(std::optional<Role> role)
{
    m_token = role ? tokenOf(*role) : QByteArray();
}

QByteArray ApiFixture::tokenOf(Role role)
{
    return QByteArrayLiteral("secret-of-") + QByteArray(toText(role).data(), toText(role).size());
}

std::unique_ptr<QNetworkReply> ApiFixture::begin(const QByteArray& method, const QString& path,
                                                 const QByteArray& body, const Headers& headers)
{
    QNetworkRequest request(
        QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(m_port == 0 ? server.port() : m_port).arg(path)));
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token);
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    for (const auto& [name, value] : headers)
        request.setRawHeader(name, value);
    // A custom HEAD would wait for the body that is announced.
    std::unique_ptr<QNetworkReply> reply(
        method == "HEAD" ? m_network.head(request) : m_network.sendCustomRequest(request, method, body));
    reply->setProperty(methodProperty, method);
    reply->setProperty(bodyProperty, body);
    return reply;
}

Reply ApiFixture::finish(QNetworkReply& reply)
{
    if (!reply.isFinished()) { // QSignalSpy does not wait any more once the test has failed
        QEventLoop loop;
        QObject::connect(&reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        QTimer::singleShot(patience, &loop, &QEventLoop::quit);
        loop.exec();
    }
    Reply read;
    read.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    read.body = reply.readAll();
    read.json = QJsonDocument::fromJson(read.body).object();
    read.headers = reply.rawHeaderPairs();
    holdAgainstDescription(reply, read);
    return read;
}

Reply ApiFixture::call(const QByteArray& method, const QString& path, const QByteArray& body,
                       const Headers& headers)
{
    return finish(*begin(method, path, body, headers));
}

void ApiFixture::addDestination(const QString& name)
{
    const auto reply =
        call("PUT", QStringLiteral("/v1/destinations/") + name, R"({"url":"https://api.example.com/hook"})");
    if (reply.status != 201)
        qFatal("%s", reply.body.constData());
}

QString ApiFixture::addMessage(const QByteArray& more)
{
    const auto reply =
        call("POST", QStringLiteral("/v1/messages"),
             R"({"destination":"orders","delay_ms":3600000,"payload":{"order":7})" + more + '}');
    if (reply.status != 201)
        qFatal("%s", reply.body.constData());
    return reply.json[QStringLiteral("id")].toString();
}

} // namespace punctual::test
