// SPDX-License-Identifier: GPL-3.0-or-later
// The REST API of a running punctuald, with the token that it wrote.
#include "programs.h"
#include "support/receiver.h"
#include "support/test_main.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>

using namespace punctual::test;

class RestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void schedulesAndDelivers();
    void cancels();
    void wantsAToken();
    void isReadyOnceANodeDelivers();
};

namespace
{

struct RestAnswer
{
    int status = 0;
    QJsonObject json;
};

/// Calls of one server.
class Rest
{
public:
    Rest(const Programs& programs, const Process& server)
        : m_url(Programs::urlOf(server))
    {
        QFile token(programs.dataDir() + QStringLiteral("/admin.token"));
        if (!token.open(QIODevice::ReadOnly))
            qFatal("there is no token");
        m_token = token.readAll().trimmed();
    }

    void forgetToken() { m_token.clear(); }

    RestAnswer call(const QByteArray& method, const QString& path, const QByteArray& body = {})
    {
        QNetworkRequest request(QUrl(m_url + path));
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        if (!m_token.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + m_token);
        const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request, method, body));
        QSignalSpy(reply.get(), &QNetworkReply::finished).wait(longestTry);
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                QJsonDocument::fromJson(reply->readAll()).object()};
    }

private:
    QString m_url;
    QByteArray m_token;
    QNetworkAccessManager m_network;
};

QByteArray destinationAt(const Receiver& receiver)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("url"), receiver.url()},
                                     {QStringLiteral("allow_private_addresses"), true}})
        .toJson();
}

} // namespace

void RestTest::schedulesAndDelivers()
{
    Programs programs;
    Receiver receiver;
    const auto server = programs.startServer();
    Rest rest(programs, *server);
    QCOMPARE(rest.call("PUT", QStringLiteral("/v1/destinations/orders"), destinationAt(receiver)).status,
             201);
    const auto created = rest.call("POST", QStringLiteral("/v1/messages"),
                                   R"({"destination":"orders","delay_ms":0,"payload":{"b":1, "a":2.50}})");
    QCOMPARE(created.status, 201);
    QVERIFY(receiver.waitFor(1));
    QCOMPARE(receiver.requests().front().body, QByteArray(R"({"b":1,"a":2.50})"));
    const QString id = created.json.value(u"id").toString();
    QTRY_COMPARE_WITH_TIMEOUT(
        rest.call("GET", QStringLiteral("/v1/messages/") + id).json.value(u"state").toString(),
        QStringLiteral("delivered"), longestTry);
}

void RestTest::cancels()
{
    Programs programs;
    const auto server = programs.startServer();
    Rest rest(programs, *server);
    const auto created = rest.call("POST", QStringLiteral("/v1/messages"),
                                   R"({"destination":"echo","delay_ms":3600000,"payload":1})");
    QCOMPARE(created.status, 201);
    const QString path = QStringLiteral("/v1/messages/") + created.json.value(u"id").toString();
    const auto cancelled = rest.call("DELETE", path);
    QCOMPARE(cancelled.status, 200);
    QCOMPARE(cancelled.json.value(u"verdict").toString(), QStringLiteral("cancelled"));
    QCOMPARE(rest.call("GET", path).json.value(u"state").toString(), QStringLiteral("cancelled"));
}

void RestTest::wantsAToken()
{
    Programs programs;
    const auto server = programs.startServer();
    Rest rest(programs, *server);
    QCOMPARE(rest.call("GET", QStringLiteral("/v1/messages")).status, 200);
    rest.forgetToken();
    QCOMPARE(rest.call("GET", QStringLiteral("/v1/messages")).status, 401);
    QCOMPARE(rest.call("GET", QStringLiteral("/healthz")).status, 200);
}

void RestTest::isReadyOnceANodeDelivers()
{
    Programs programs;
    const auto server = programs.startServer();
    Rest rest(programs, *server);
    QTRY_COMPARE_WITH_TIMEOUT(rest.call("GET", QStringLiteral("/readyz")).status, 200, longestTry);
}

PUNCTUAL_TEST(RestTest)
#include "rest_test.moc"
