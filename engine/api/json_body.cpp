// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json_body.h"

#include "api/problem.h"

namespace punctual::api
{

namespace
{

/// No Content-Type at all is taken for JSON; merge patches have one of their own (RFC 7396).
bool isJson(const QByteArray& contentType)
{
    const QByteArray type = contentType.split(';').constFirst().trimmed().toLower();
    return type.isEmpty() || type == "application/json" || type == "application/merge-patch+json";
}

} // namespace

tl::expected<JsonBody, Response> readJsonBody(const Request& request)
{
    if (!isJson(request.headers.value(QByteArrayLiteral("content-type"))))
        return tl::unexpected(problem(problem_kind::unsupportedMediaType,
                                      QStringLiteral("Send the body with Content-Type: application/json.")));
    QByteArray text = request.body;
    if (text.startsWith("\xEF\xBB\xBF")) // a byte order mark may be ignored (RFC 8259, section 8.1)
        text.remove(0, 3);
    QJsonParseError error{};
    const auto document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError)
        return tl::unexpected(
            problem(problem_kind::malformedJson,
                    QStringLiteral("Byte %1 of the body: %2.").arg(error.offset).arg(error.errorString())));
    if (!document.isObject())
        return tl::unexpected(
            problem(problem_kind::malformedJson, QStringLiteral("The body is not an object.")));
    return JsonBody{std::move(text), document.object()};
}

} // namespace punctual::api
