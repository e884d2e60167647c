// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/content_fields.h"

#include "core/json_text.h"

namespace punctual
{

using namespace std::chrono_literals;

std::variant<Instant, Duration> readDue(FieldReader& fields, const MessageLimits& limits)
{
    const QLatin1StringView dueAt("due_at");
    const QLatin1StringView delay("delay_ms");
    if (fields.has(dueAt) && fields.has(delay))
        fields.wrong(delay, QStringLiteral("cannot be given together with due_at"));
    const auto instant = fields.instant(dueAt);
    const auto span = fields.milliseconds(delay, 0ms, limits.ahead);
    if (instant)
        return *instant;
    return span.value_or(Duration{});
}

std::optional<Priority> readPriority(FieldReader& fields)
{
    return fields.word(QLatin1StringView("priority"), &parsePriority, QLatin1StringView("high, normal, low"));
}

std::optional<QStringList> readTags(FieldReader& fields, const MessageLimits& limits)
{
    const QLatin1StringView name("tags");
    auto tags = fields.texts(name);
    if (!tags)
        return tags;
    if (tags->size() > limits.tags)
        fields.wrong(name, QStringLiteral("has more than %1 tags").arg(limits.tags));
    for (const auto& tag : *tags)
        if (tag.isEmpty() || tag.size() > 100)
            fields.wrong(name, QStringLiteral("has a tag that is empty or longer than 100 characters"));
    return tags;
}

std::optional<Content> readContent(FieldReader& fields, QByteArrayView text, const MessageLimits& limits)
{
    const QLatin1StringView payload("payload");
    const QLatin1StringView body("body");
    const QLatin1StringView base64("body_base64");
    const bool hasPayload = fields.ask(payload);
    const auto plain = fields.text(body);
    const auto encoded = fields.text(base64);
    const int given = int(hasPayload) + int(fields.has(body)) + int(fields.has(base64));
    if (given == 0)
        return std::nullopt;
    Content content;
    QLatin1StringView source = payload;
    if (given != 1) {
        fields.wrong(payload, QStringLiteral("give only one of payload, body and body_base64"));
    } else if (hasPayload) {
        content.body = json_text::compact(json_text::member(text, "payload").value_or("null"));
    } else if (plain) {
        source = body;
        content.body = plain->toUtf8();
        content.type = QByteArrayLiteral("text/plain; charset=utf-8");
    } else if (encoded) {
        source = base64;
        const auto decoded =
            QByteArray::fromBase64Encoding(encoded->toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok || encoded->size() % 4 != 0)
            fields.wrong(base64, QStringLiteral("is not base64"));
        content.body = decoded.decoded;
        content.type = QByteArrayLiteral("application/octet-stream");
    }
    if (content.body.size() > limits.bodyBytes)
        fields.wrong(
            source,
            QStringLiteral("has %1 bytes; the limit is %2").arg(content.body.size()).arg(limits.bodyBytes));
    if (const auto type = fields.headerValue(QLatin1StringView("content_type")))
        content.type = *type;
    return content;
}

} // namespace punctual
