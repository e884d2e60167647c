// SPDX-License-Identifier: GPL-3.0-or-later
// What those ask who run an installation: its figures, tokens and audit. On a connection of its own, so that
// a long look at the audit holds up nobody who schedules.
//
// Lives in one thread and answers there, like client::Client.
#pragma once

#include "client/client.h"
#include "core/audit.h"
#include "core/metrics.h"
#include "core/token_record.h"

namespace punctual::client
{

class Administration : public QObject
{
    Q_OBJECT

public:
    explicit Administration(const DatabaseAddress& address, QObject* parent = nullptr);
    ~Administration() override;

    void metrics(const Actor& actor, QObject* context, Answer<Metrics> answer);

    /// Gives the secret, which is kept nowhere. Conflict if there is one of this name.
    void makeToken(const Actor& actor, const NewToken& token, QObject* context, Answer<QByteArray> answer);
    void revokeToken(const Actor& actor, const QString& name, QObject* context, Answer<void> answer);
    /// Those that are revoked or expired as well; the oldest first.
    void tokens(const Actor& actor, QObject* context, Answer<std::vector<TokenRecord>> answer);

    /// The newest first.
    void audit(const Actor& actor, const AuditFilter& filter, int limit, QObject* context,
               Answer<std::vector<AuditEntry>> answer);
    /// Works out anew up to `limit` seals behind number `after`.
    void checkSeals(const Actor& actor, qint64 after, int limit, QObject* context,
                    Answer<std::vector<AuditSeal>> answer);

private:
    template <class Work, class T>
    void ask(const Actor& actor, QObject* context, Work work, Answer<T> answer);

    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace punctual::client
