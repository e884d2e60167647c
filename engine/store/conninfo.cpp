// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/conninfo.h"

#include <QMap>
#include <QSqlDatabase>

#include <libpq-fe.h>

#include <memory>
#include <optional>

namespace punctual::store
{

namespace
{

using Options = QMap<QString, QString>;

/// The keywords and values of a connection string, as libpq itself reads it.
std::optional<Options> parse(const QString& conninfo)
{
    char* problem = nullptr;
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed(
        PQconninfoParse(conninfo.toUtf8().constData(), &problem), &PQconninfoFree);
    PQfreemem(problem); // it repeats the string, and with it a password
    if (!parsed)
        return std::nullopt;
    Options options;
    for (const auto* option = parsed.get(); option->keyword != nullptr; ++option)
        if (option->val != nullptr)
            options.insert(QString::fromUtf8(option->keyword), QString::fromUtf8(option->val));
    return options;
}

QString quoted(QString value)
{
    value.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("\\'"));
    return u'\'' + value + u'\'';
}

/// What the address may say otherwise.
Options defaults(const QString& purpose)
{
    return {{QStringLiteral("connect_timeout"), QStringLiteral("5")},
            {QStringLiteral("keepalives_idle"), QStringLiteral("10")},
            {QStringLiteral("keepalives_interval"), QStringLiteral("5")},
            {QStringLiteral("keepalives_count"), QStringLiteral("3")},
            {QStringLiteral("tcp_user_timeout"), QStringLiteral("15000")},
            {QStringLiteral("application_name"), purpose}};
}

constexpr QLatin1StringView sessionSettings(
    "-c statement_timeout=30s -c idle_in_transaction_session_timeout=15s -c lock_timeout=10s -c jit=off "
    "-c timezone=UTC -c standard_conforming_strings=on -c client_min_messages=warning -c "
    "synchronous_commit=on");

} // namespace

Result<void> checkConninfo(const DatabaseAddress& address)
{
    if (parse(address.conninfo))
        return {};
    return failure(ErrorCode::InvalidInput,
                   QStringLiteral("The database URL is not one that PostgreSQL reads, as in "
                                  "postgresql://user@host:5432/database."));
}

DatabaseAddress withDatabase(const DatabaseAddress& address, const QString& name)
{
    Options options = parse(address.conninfo).value_or(Options{});
    options[QStringLiteral("dbname")] = name;
    QStringList words;
    for (auto option = options.constBegin(); option != options.constEnd(); ++option)
        words.append(option.key() + u'=' + quoted(option.value()));
    return {words.join(u' ')};
}

void configure(QSqlDatabase& database, const DatabaseAddress& address, const QString& purpose)
{
    Options options = defaults(purpose);
    options.insert(parse(address.conninfo).value_or(Options{}));
    options[QStringLiteral("options")].prepend(sessionSettings + u' ');
    // What has a setter goes through it: in the connect options a semicolon is not possible.
    database.setHostName(options.take(QStringLiteral("host")));
    database.setDatabaseName(options.take(QStringLiteral("dbname")));
    database.setUserName(options.take(QStringLiteral("user")));
    database.setPassword(options.take(QStringLiteral("password")));
    QStringList rest;
    for (auto option = options.constBegin(); option != options.constEnd(); ++option)
        rest.append(option.key() + u'=' + quoted(option.value()));
    database.setConnectOptions(rest.join(u';'));
}

} // namespace punctual::store
