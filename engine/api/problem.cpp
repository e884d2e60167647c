// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/problem.h"

#include "api/log.h"

#include <QJsonArray>

namespace punctual::api
{

namespace
{

const ProblemKind& kindOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput:
        return problem_kind::invalidInput;
    case ErrorCode::NotFound:
        return problem_kind::notFound;
    case ErrorCode::Conflict:
        return problem_kind::conflict;
    case ErrorCode::Unauthenticated:
        return problem_kind::unauthenticated;
    case ErrorCode::Forbidden:
        return problem_kind::forbidden;
    case ErrorCode::TooLarge:
        return problem_kind::tooLarge;
    case ErrorCode::Unavailable:
        return problem_kind::unavailable;
    case ErrorCode::Unsupported:
        return problem_kind::unsupported;
    case ErrorCode::Internal:
        return problem_kind::internal;
    }
    Q_UNREACHABLE();
}

QJsonArray toJson(const std::vector<FieldError>& errors)
{
    QJsonArray array;
    for (const auto& error : errors)
        array.append(QJsonObject{{QStringLiteral("pointer"), error.pointer},
                                 {QStringLiteral("detail"), error.detail}});
    return array;
}

} // namespace

Response problem(const ProblemKind& kind, const QString& detail, const std::vector<FieldError>& errors,
                 QJsonObject members)
{
    members.insert(QStringLiteral("type"), QStringLiteral("urn:punctual:problem:") + kind.name);
    members.insert(QStringLiteral("title"), QString(kind.title));
    members.insert(QStringLiteral("status"), kind.status);
    members.insert(QStringLiteral("detail"), detail);
    if (!errors.empty())
        members.insert(QStringLiteral("errors"), toJson(errors));
    auto response = Response::json(kind.status, members);
    response.contentType = QByteArrayLiteral("application/problem+json");
    if (kind.status == 429 || kind.status == 503)
        response.headers.push_back({QByteArrayLiteral("Retry-After"), QByteArrayLiteral("1")});
    if (kind.status == 401)
        response.headers.push_back(
            {QByteArrayLiteral("WWW-Authenticate"), QByteArrayLiteral("Bearer realm=\"punctual\"")});
    return response;
}

Error ofSingle(Error error)
{
    static const QString item = QStringLiteral("/messages/0");
    for (auto& field : error.fields)
        if (field.pointer.startsWith(item + u'/'))
            field.pointer.remove(0, item.size());
    return error;
}

Response problem(const Error& error)
{
    if (error.code != ErrorCode::Internal)
        return problem(kindOf(error.code), error.detail, error.fields);
    qCWarning(lcApi).noquote() << "Internal fault:" << error.detail;
    return problem(problem_kind::internal, QStringLiteral("The server's log says more."));
}

} // namespace punctual::api
