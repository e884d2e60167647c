// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/administration.h"

#include "client/token_secret.h"
#include "store/administration_queries.h"
#include "store/database_thread.h"
#include "store/metrics_queries.h"

namespace punctual::client
{

using store::Connection;

class Administration::Private
{
public:
    explicit Private(const DatabaseAddress& address)
        : thread(address, QStringLiteral("punctual administration"))
    {
    }

    store::Loop home; // before the thread, which posts to it until it ends
    store::DatabaseThread thread;
};

/// Runs `work(Connection&)` in a transaction with the actor's rights.
template <class Work, class T>
void Administration::ask(const Actor& actor, QObject* context, Work work, Answer<T> answer)
{
    m_private->thread.run(
        m_private->home, context,
        [actor, work = std::move(work)](Connection& connection) -> Result<T> {
            return connection.transaction(actor, [&]() -> Result<T> { return work(connection); });
        },
        std::move(answer));
}

Administration::Administration(const DatabaseAddress& address, QObject* parent)
    : QObject(parent)
    , m_private(std::make_unique<Private>(address))
{
}

Administration::~Administration() = default;

void Administration::metrics(const Actor& actor, QObject* context, Answer<Metrics> answer)
{
    ask(
        actor, context, [](Connection& connection) { return store::metrics(connection); }, std::move(answer));
}

void Administration::makeToken(const Actor& actor, const NewToken& token, QObject* context,
                               Answer<QByteArray> answer)
{
    ask(
        actor, context,
        [token](Connection& connection) {
            QByteArray secret = makeTokenSecret();
            return store::makeToken(connection, token, hashOfToken(secret)).map([&] { return secret; });
        },
        std::move(answer));
}

void Administration::revokeToken(const Actor& actor, const QString& name, QObject* context,
                                 Answer<void> answer)
{
    ask(
        actor, context, [name](Connection& connection) { return store::revokeToken(connection, name); },
        std::move(answer));
}

void Administration::tokens(const Actor& actor, QObject* context, Answer<std::vector<TokenRecord>> answer)
{
    ask(
        actor, context, [](Connection& connection) { return store::tokens(connection); }, std::move(answer));
}

void Administration::audit(const Actor& actor, const AuditFilter& filter, int limit, QObject* context,
                           Answer<std::vector<AuditEntry>> answer)
{
    ask(
        actor, context,
        [filter, limit](Connection& connection) { return store::audit(connection, filter, limit); },
        std::move(answer));
}

void Administration::checkSeals(const Actor& actor, qint64 after, int limit, QObject* context,
                                Answer<std::vector<AuditSeal>> answer)
{
    ask(
        actor, context,
        [after, limit](Connection& connection) { return store::checkSeals(connection, after, limit); },
        std::move(answer));
}

} // namespace punctual::client
