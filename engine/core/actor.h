// SPDX-License-Identifier: GPL-3.0-or-later
// Who asks for a change, from where and why: what the audit writes down and what the database checks.
#pragma once

#include <QLatin1StringView>
#include <QString>
#include <QStringList>
#include <QUuid>

#include <optional>

namespace punctual
{

/// Each role may do all that the one before it may. The PostgreSQL role is `punctual_` and the word.
enum class Role { Viewer, Operator, Admin };

[[nodiscard]] QLatin1StringView toText(Role role);
[[nodiscard]] std::optional<Role> parseRole(QStringView text);

struct Actor
{
    QString name;               // a token's name, a login, a program's user
    QString origin;             // rest, window, command line
    std::optional<Role> role{}; // rights to act with; absent: those of the database login
    QString reason{};
    QString address{};          // of the caller's machine; empty: the database knows as much
    QStringList destinations{}; // it reaches these only; empty: all
};

/// A bearer token that the database knows.
struct Token
{
    QUuid id;
    QString name;
    Role role = Role::Viewer;
    QStringList destinations{}; // it reaches these only; empty: all
};

} // namespace punctual
