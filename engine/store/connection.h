// SPDX-License-Identifier: GPL-3.0-or-later
// One connection to PostgreSQL. Belongs to the thread that made it.
//
// It opens when it is first needed and again after it was lost; the call that finds it lost fails with
// ErrorCode::Unavailable. A statement that lost against a concurrent one (a serialisation failure, a
// deadlock) is repeated here: no caller sees it.
#pragma once

#include "core/actor.h"
#include "core/database_address.h"
#include "core/result.h"
#include "store/binary_row.h"
#include "store/parameters.h"
#include "store/secret_box.h"
#include "store/wire.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <memory>

namespace punctual::store
{

class Connection
{
public:
    /// `purpose` is what PostgreSQL shows as the application's name. Through `wire`, which has to outlive the
    /// connection, another thread can end a wait.
    Connection(const DatabaseAddress& address, const QString& purpose, Wire* wire = nullptr);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    [[nodiscard]] Result<void> open();
    void close();

    /// Runs one statement and hands every row to `row`, which must not use this connection. The values take
    /// the place of the `?` in the text as literals: what is hot is a function of the schema, whose plans
    /// PostgreSQL keeps, so there is nothing to prepare and nothing to lose with a connection.
    using RowReader = std::function<void(const QSqlQuery& row)>;
    [[nodiscard]] Result<void> select(const QString& sql, const QVariantList& values, const RowReader& row);
    [[nodiscard]] Result<void> run(const QString& sql, const QVariantList& values = {});

    /// Runs one hot statement, with its arguments ($1, $2, …) and its result in binary form.
    using BinaryRowReader = std::function<void(const BinaryRow& row)>;
    [[nodiscard]] Result<void> call(const char* sql, const Parameters& parameters,
                                    const BinaryRowReader& row);

    /// Runs SQL text as it is, several statements if it has several.
    [[nodiscard]] Result<void> script(const QString& sql);

    /// Runs `work`, which returns a Result, in one transaction with the actor's rights and name. It may
    /// run more than once.
    template <class Work>
    [[nodiscard]] auto transaction(const Actor& actor, const Work& work) -> decltype(work());

    [[nodiscard]] const SecretBox& secretBox() const { return m_secretBox; }

    /// For notifications: valid while the connection is open.
    [[nodiscard]] QSqlDriver* driver() const { return m_database.driver(); }

private:
    static constexpr int mostTries = 10;

    struct ResultDeleter
    {
        void operator()(PGresult* result) const { PQclear(result); }
    };
    using NativeResult = std::unique_ptr<PGresult, ResultDeleter>;

    [[nodiscard]] Result<QSqlQuery> execute(const QString& sql);
    [[nodiscard]] PGconn* native() const; // of a connection that is open
    [[nodiscard]] Result<NativeResult> check(PGresult* result);
    [[nodiscard]] QString withValues(const QString& sql, const QVariantList& values) const;
    [[nodiscard]] tl::unexpected<Error> failed(const QSqlError& error);
    [[nodiscard]] Result<void> begin(const Actor& actor);
    void rollback();

    QString m_name;
    SecretBox m_secretBox;
    QSqlDatabase m_database;
    Wire* m_wire;
    bool m_inTransaction = false;
    bool m_lostRace = false; // the last failure was one that a repetition cures
};

template <class Work>
auto Connection::transaction(const Actor& actor, const Work& work) -> decltype(work())
{
    for (int tries = 1;; ++tries) {
        if (auto begun = begin(actor); !begun)
            return tl::unexpected(begun.error());
        auto result = work();
        if (result) {
            if (auto committed = script(QStringLiteral("COMMIT")); !committed)
                result = tl::unexpected(committed.error());
            m_inTransaction = false;
        } else {
            rollback();
        }
        if (result || !m_lostRace || tries == mostTries)
            return result;
    }
}

} // namespace punctual::store
