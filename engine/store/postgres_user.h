// SPDX-License-Identifier: GPL-3.0-or-later
// The user who runs PostgreSQL: the one who runs Punctual, except that PostgreSQL refuses to run as root
// and then another user does. Any thread; nothing is kept between calls.
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QStringList>

#include <sys/types.h>

#include <chrono>
#include <vector>

namespace punctual::store
{

class PostgresUser
{
public:
    /// The owner of `clusterDir` where that exists. Started by root and without one: `punctual` if there
    /// is such a user, else `postgres`.
    [[nodiscard]] static Result<PostgresUser> of(const QString& clusterDir);

    [[nodiscard]] uid_t id() const { return m_id; }
    [[nodiscard]] const QString& name() const { return m_name; }

    struct Finished
    {
        bool succeeded = false;
        QString output; // both channels
    };

    /// Runs a program as this user, in a session of its own (a Ctrl-C in the terminal does not reach it),
    /// with none of our open files and with a bare environment, so that PG* variables mean nothing.
    [[nodiscard]] Finished run(const QString& program, const QStringList& arguments,
                               const QByteArray& input = {},
                               std::chrono::milliseconds patience = std::chrono::minutes(2)) const;

private:
    PostgresUser(uid_t id, gid_t group, QString name, std::vector<gid_t> groups);

    void becomeInChild() const;

    uid_t m_id;
    gid_t m_group;
    QString m_name;
    std::vector<gid_t> m_groups; // to switch to; empty: we are this user already
};

} // namespace punctual::store
