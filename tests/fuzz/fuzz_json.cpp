// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies of requests: messages, destinations, operations and replays.
#include "api/json_body.h"
#include "core/destination_json.h"
#include "core/json_text.h"
#include "core/message_json.h"
#include "core/operation_json.h"
#include "expect.h"

using namespace punctual;
using fuzz::expect;

namespace
{

/// A payload is sent as it was written but for the space between its parts: it means the same.
void tryMessage(const QJsonObject& object, QByteArrayView text)
{
    std::vector<FieldError> errors;
    const auto message = readNewMessage(object, text, MessageLimits(), QString(), errors);
    if (!errors.empty())
        return;
    const auto payload = object.value(QLatin1StringView("payload"));
    if (!payload.isUndefined() && !payload.isNull()) {
        const auto sent = QJsonDocument::fromJson('[' + message.content.body + ']');
        expect(sent.isArray() && sent.array().size() == 1, "a payload is one JSON value");
        expect(sent.array().first() == payload, "a payload means the same");
    }
    (void)toJson(asScheduled(message, Instant(), Instant(), 1));
}

void tryDestination(const QJsonObject& object)
{
    const auto destination = readDestination(QStringLiteral("orders"), object);
    if (!destination)
        return;
    (void)toJson(*destination);
    const auto kept = fromSettings(destination->name, settingsOf(*destination));
    expect(settingsOf(kept) == settingsOf(*destination), "what is kept of a destination comes back");
    expect(patchDestination(kept, QJsonObject()).has_value(), "what was right stays right");
}

void tryOthers(const QJsonObject& object, QByteArrayView text)
{
    std::vector<FieldError> errors;
    const auto request = readOperationRequest(object, MessageLimits(), errors);
    if (errors.empty())
        (void)optionsOf(request.operation);
    errors.clear();
    (void)readReplayRequest(object, text, MessageLimits(), errors);
}

/// Texts of parts lie within the whole, whatever it is.
void tryText(const QByteArray& bytes)
{
    const auto inside = [&bytes](QByteArrayView part) {
        return part.isEmpty() || (part.begin() >= bytes.begin() && part.end() <= bytes.end());
    };
    if (const auto part = json_text::member(bytes, "payload"))
        expect(inside(*part), "a member lies within its object");
    for (const auto item : json_text::items(bytes))
        expect(inside(item), "an item lies within its array");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    api::Request request;
    request.body = QByteArray(reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(size));
    const auto body = api::readJsonBody(request);
    if (!body)
        return 0;
    tryText(body->text);
    tryMessage(body->object, body->text);
    tryDestination(body->object);
    tryOthers(body->object, body->text);
    return 0;
}
