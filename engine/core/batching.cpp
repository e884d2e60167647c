// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/batching.h"

#include "core/attempt.h"
#include "core/field_reader.h"
#include "core/json_text.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace punctual
{

namespace
{

using namespace std::chrono_literals;

constexpr std::array<std::pair<Batching::Format, QLatin1StringView>, 2> names{{
    {Batching::Format::JsonArray, QLatin1StringView("json_array")},
    {Batching::Format::Ndjson, QLatin1StringView("ndjson")},
}};

constexpr QLatin1StringView fieldFormat("format");
constexpr QLatin1StringView fieldMost("max_messages");
constexpr QLatin1StringView fieldWait("max_wait_ms");

constexpr int statusOfErrors = 500;
constexpr qsizetype longestError = 500;

/// By the type alone: application/json, text/json, application/…+json.
bool isJsonType(const QByteArray& type)
{
    const QByteArray name = type.split(';').constFirst().trimmed().toLower();
    return name.endsWith("/json") || name.endsWith("+json");
}

/// Whether it is one JSON value. QJsonDocument knows arrays and objects only, so it gets an array of one.
bool isJson(const QByteArray& body)
{
    const auto document = QJsonDocument::fromJson('[' + body + ']');
    return document.isArray() && document.array().size() == 1;
}

void append(QByteArray& text, Batching::Format format, const QByteArray& body)
{
    if (format == Batching::Format::JsonArray) {
        text += text.isEmpty() ? '[' : ',';
        text += body;
    } else {
        const bool hasLineEnd = body.contains('\n') || body.contains('\r');
        text += hasLineEnd ? json_text::compact(body) : body;
        text += '\n';
    }
}

/// What an element says about its message.
struct Verdict
{
    int status = 0; // 0: that of the whole
    QString error;
};

std::optional<int> statusOf(const QJsonValue& value)
{
    const double number = value.toDouble();
    const int status = value.toInt();
    if (status < 200 || status > 599 || number != status)
        return std::nullopt;
    return status;
}

/// Nothing when the element is no result.
std::optional<Verdict> verdictOf(const QJsonValue& element)
{
    if (const auto status = statusOf(element))
        return Verdict{*status, {}};
    if (!element.isObject())
        return std::nullopt;
    const QJsonObject object = element.toObject();
    const QJsonValue error = object.value(QLatin1StringView("error"));
    const bool failed = !error.isUndefined() && !error.isNull() && error != QJsonValue(false);
    Verdict verdict;
    if (const auto status = statusOf(object.value(QLatin1StringView("status"))))
        verdict.status = *status;
    else if (failed)
        verdict.status = statusOfErrors;
    if (failed)
        verdict.error = error.toString().left(longestError);
    return verdict;
}

/// One for each message; none when the answer does not speak of them one by one.
std::vector<Verdict> verdictsOf(const Exchange& whole, std::size_t count)
{
    if (whole.ending != Exchange::Ending::Answered || whole.status < 200 || whole.status > 299)
        return {};
    const auto document = QJsonDocument::fromJson(whole.response);
    if (!document.isArray() || document.array().size() != static_cast<qsizetype>(count))
        return {};
    std::vector<Verdict> verdicts;
    const QJsonArray elements = document.array();
    for (const auto& element : elements) {
        auto verdict = verdictOf(element);
        if (!verdict)
            return {};
        verdicts.push_back(std::move(*verdict));
    }
    return verdicts;
}

} // namespace

QLatin1StringView toText(Batching::Format format)
{
    for (const auto& [value, name] : names)
        if (value == format)
            return name;
    Q_UNREACHABLE();
}

std::optional<Batching::Format> parseBatchFormat(QStringView text)
{
    for (const auto& [value, name] : names)
        if (name == text)
            return value;
    return std::nullopt;
}

QJsonObject toJson(const Batching& batching)
{
    return {{fieldFormat, QString(toText(batching.format))},
            {fieldMost, batching.maxMessages},
            {fieldWait, toMilliseconds(batching.maxWait)}};
}

Batching readBatching(const QJsonObject& object, const QString& pointer, std::vector<FieldError>& errors)
{
    FieldReader fields(object, pointer, errors);
    Batching batching;
    if (!fields.has(fieldFormat))
        fields.wrong(fieldFormat, QStringLiteral("is missing"));
    FieldReader::assign(batching.format,
                        fields.word(fieldFormat, &parseBatchFormat, QLatin1StringView("json_array, ndjson")));
    if (const auto most = fields.integer(fieldMost, 2, 100))
        batching.maxMessages = static_cast<int>(*most);
    FieldReader::assign(batching.maxWait, fields.milliseconds(fieldWait, 0ms, 10s));
    fields.refuseUnknownFields();
    return batching;
}

bool mayJoin(const Content& a, const Content& b)
{
    return a.headers.empty() && b.headers.empty() && isJsonType(a.type) && isJsonType(b.type);
}

Result<Content> joined(const Batching& batching, const std::vector<Content>& contents)
{
    Content whole;
    qsizetype size = 2;
    for (const auto& content : contents)
        size += content.body.size() + 1;
    whole.body.reserve(size);
    std::vector<FieldError> wrong;
    for (std::size_t i = 0; i < contents.size(); ++i) {
        if (!isJson(contents[i].body))
            wrong.push_back({QStringLiteral("/%1").arg(i), QStringLiteral("is not one JSON value")});
        append(whole.body, batching.format, contents[i].body);
    }
    if (!wrong.empty())
        return failure(ErrorCode::InvalidInput,
                       QStringLiteral("A batch takes JSON only, and not every message is JSON."),
                       std::move(wrong));
    if (batching.format == Batching::Format::JsonArray)
        whole.body += ']';
    else
        whole.type = QByteArrayLiteral("application/x-ndjson");
    return whole;
}

QUuid batchKey(std::vector<MessageId> ids)
{
    static const QUuid space(QStringLiteral("6f1c4ca6-5a3c-4c0e-9b1e-7d3a2f0b8c11")); // any fixed one
    std::sort(ids.begin(), ids.end());
    QByteArray bytes;
    for (const auto& id : ids)
        bytes += id.toRfc4122();
    return QUuid::createUuidV5(space, bytes);
}

std::vector<Exchange> split(const Exchange& whole, std::size_t count)
{
    const auto verdicts = verdictsOf(whole, count);
    Exchange shared = whole;
    shared.response.truncate(keptResponseBytes);
    std::vector<Exchange> parts(count, shared);
    if (verdicts.empty())
        return parts;
    const auto elements = json_text::items(whole.response);
    for (std::size_t i = 0; i < count; ++i) {
        if (verdicts[i].status != 0)
            parts[i].status = verdicts[i].status;
        parts[i].error = verdicts[i].error;
        parts[i].response = elements[i].first(std::min(elements[i].size(), keptResponseBytes)).toByteArray();
    }
    return parts;
}

} // namespace punctual
