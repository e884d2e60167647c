// SPDX-License-Identifier: GPL-3.0-or-later
// A running server on a database of its own, and a caller with a token for each role. Every call and its
// answer are held against openapi.yaml: the test fails where they disagree.
//
// Lives in the test's thread.
#pragma once

#include "api/server.h"
#include "core/actor.h"
#include "support/test_database.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace punctual::test
{

/// What came back; the object is empty if it was no JSON.
struct Reply
{
    int status = 0;
    QByteArray body;
    QJsonObject json;
    QList<QNetworkReply::RawHeaderPair> headers;

    [[nodiscard]] QByteArray header(const QByteArray& lowerName) const;
    /// The end of a problem's type; empty if it is none.
    [[nodiscard]] QString problem() const;
    /// The pointers of a problem's errors.
    [[nodiscard]] QStringList pointers() const;
};

/// The id of nothing.
inline const QString nobody = QStringLiteral("01890a5d-ac96-774b-bcce-b302099a8057");
inline const QString operations = QStringLiteral("/v1/operations");
[[nodiscard]] inline QString messagePath(const QString& id)
{
    return QStringLiteral("/v1/messages/") + id;
}
/// A member of an answer, as text.
[[nodiscard]] inline QString text(const Reply& reply, const char* member)
{
    return reply.json[QLatin1StringView(member)].toString();
}

class ApiFixture
{
public:
    explicit ApiFixture(api::ServerOptions options = {});

    using Headers = QList<QNetworkReply::RawHeaderPair>;

    /// Runs the event loop until the answer is there.
    [[nodiscard]] Reply call(const QByteArray& method, const QString& path, const QByteArray& body = {},
                             const Headers& headers = {});
    /// The same, later: the reply is finished when it says so.
    [[nodiscard]] std::unique_ptr<QNetworkReply> begin(const QByteArray& method, const QString& path,
                                                       const QByteArray& body = {},
                                                       const Headers& headers = {});
    [[nodiscard]] static Reply finish(QNetworkReply& reply);

    /// Whose token calls carry from now on; without one: none.
    void actAs(std::optional<Role> role);
    void useToken(const QByteArray& token) { m_token = token; }
    [[nodiscard]] static QByteArray tokenOf(Role role);
    /// Calls go to another server from now on.
    void talkTo(quint16 port) { m_port = port; }

    /// A destination on which nothing is ever delivered.
    void addDestination(const QString& name = QStringLiteral("orders"));
    /// Schedules a message for it in an hour; gives its id.
    [[nodiscard]] QString addMessage(const QByteArray& more = {});

    /// Where the server's database is, with a key for secrets.
    [[nodiscard]] DatabaseAddress address() const;

    TestDatabase database;
    api::Server server;

private:
    QNetworkAccessManager m_network;
    QByteArray m_token;
    quint16 m_port = 0; // 0: the server's own
};

} // namespace punctual::test
