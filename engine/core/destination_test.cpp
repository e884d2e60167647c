// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/destination_test.h"

#include "core/content_fields.h"
#include "core/uuid_v7.h"

namespace punctual
{

Content testContent()
{
    return {QByteArrayLiteral(R"({"test":true})")};
}

DestinationTestRequest readDestinationTest(const QJsonObject& object, QByteArrayView text,
                                           const MessageLimits& limits, std::vector<FieldError>& errors)
{
    FieldReader fields(object, QString(), errors);
    DestinationTestRequest request;
    const QLatin1StringView type("content_type");
    auto content = readContent(fields, text, limits);
    if (!content && fields.ask(type))
        fields.wrong(type, QStringLiteral("is given without anything to send"));
    FieldReader::assign(request.content, std::move(content));
    FieldReader::assign(request.content.headers, fields.headers(QLatin1StringView("headers")));
    FieldReader::assign(request.reason, fields.text(QLatin1StringView("reason")));
    fields.refuseUnknownFields();
    return request;
}

QJsonObject toJson(const DestinationTest& test)
{
    return {
        {QStringLiteral("message_id"), toText(test.message)},
        {QStringLiteral("state"), QString(toText(test.state))},
        {QStringLiteral("attempt"), test.attempt ? QJsonValue(toJson(*test.attempt)) : QJsonValue()},
        {QStringLiteral("why"), test.why ? QJsonValue(toJson(*test.why)) : QJsonValue()},
    };
}

} // namespace punctual
