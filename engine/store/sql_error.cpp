// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sql_error.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlError>

namespace punctual::store
{

namespace
{

/// The functions of the schema report wrong values as [{"index", "field", "detail"}, …].
std::vector<FieldError> fieldErrors(const QString& json)
{
    std::vector<FieldError> errors;
    const auto items = QJsonDocument::fromJson(json.toUtf8()).array();
    for (const auto& item : items) {
        const auto pointer = QStringLiteral("/messages/%1/%2")
                                 .arg(item[QStringLiteral("index")].toInt())
                                 .arg(item[QStringLiteral("field")].toString());
        errors.push_back({pointer, item[QStringLiteral("detail")].toString()});
    }
    return errors;
}

} // namespace

QString reasonOf(const QSqlError& error)
{
    QString text = error.databaseText().section(u'\n', 0, 0).trimmed();
    for (const auto severity : {QLatin1StringView("ERROR:"), QLatin1StringView("FATAL:")})
        if (text.startsWith(severity))
            text = text.mid(severity.size()).trimmed();
    return text.isEmpty() ? QStringLiteral("the connection was lost") : text;
}

bool isConnectionLoss(const QSqlError& error)
{
    const QString state = error.nativeErrorCode();
    return !error.isValid() || state.isEmpty() || state.startsWith(u"08") || state.startsWith(u"57P") ||
           state == u"25P03" || state == u"25006";
}

bool isLostRace(const QSqlError& error)
{
    const QString state = error.nativeErrorCode();
    // The last is a change of a role that another database of the cluster made at the same moment; it has no
    // SQLSTATE of its own.
    return state == u"40001" || state == u"40P01" || reasonOf(error) == u"tuple concurrently updated";
}

Error toError(const QSqlError& error)
{
    const QString state = error.nativeErrorCode();
    const QString reason = reasonOf(error);
    if (isConnectionLoss(error))
        return {ErrorCode::Unavailable, QStringLiteral("The database does not answer: %1").arg(reason)};
    if (state == u"PU001")
        return {ErrorCode::InvalidInput, QStringLiteral("Some values are not valid."), fieldErrors(reason)};
    if (state == u"PU005")
        return {
            ErrorCode::Conflict,
            QStringLiteral("Another number of messages matches now than was expected: nothing was started."),
            fieldErrors(reason)};
    if (state == u"PU003")
        return {ErrorCode::NotFound, reason};
    if (state == u"PU002" || state == u"PU004")
        return {ErrorCode::Conflict, reason};
    if (state == u"23505")
        return {ErrorCode::Conflict, QStringLiteral("It is stored already.")};
    if (state == u"42501")
        return {ErrorCode::Forbidden, QStringLiteral("The role does not allow this: %1").arg(reason)};
    // Out of resources, cancelled by a time-out, trouble of the server's own (a used up quota is XX000): it
    // may work again later.
    if (state.startsWith(u"53") || state.startsWith(u"58") || state == u"57014" || state == u"55P03" ||
        state == u"XX000" || isLostRace(error))
        return {ErrorCode::Unavailable, QStringLiteral("The database cannot do it now: %1").arg(reason)};
    return {ErrorCode::Internal,
            QStringLiteral("The database refused a statement: %1 (%2)").arg(reason, state)};
}

} // namespace punctual::store
