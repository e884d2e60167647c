// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operation_json.h"

#include "core/content_fields.h"
#include "core/field_reader.h"
#include "core/uuid_v7.h"

#include <QJsonArray>

namespace punctual
{

namespace
{

using namespace std::chrono_literals;
using Name = QLatin1StringView;

constexpr qint64 mostMessages = 1'000'000'000;
constexpr qint64 mostPerSecond = 100'000;

/// toRfc3339 cuts at the millisecond: a filter would match something else.
QString exactly(Instant instant)
{
    const auto micros = instant.time_since_epoch() % 1ms;
    return toRfc3339(instant).chopped(1) + QStringLiteral("%1Z").arg(micros.count(), 3, 10, QLatin1Char('0'));
}

QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue orNull(const std::optional<Instant>& instant)
{
    return instant ? QJsonValue(toRfc3339(*instant)) : QJsonValue();
}

/// A list of words, or a text of them with commas between.
template <class Value>
void readWords(FieldReader& fields, const QJsonObject& object, Name name, const QString& ifUnknown,
               std::optional<Value> (*parse)(QStringView), std::vector<Value>& values)
{
    QStringList words;
    if (object.value(name).isString())
        words = fields.text(name).value_or(QString()).split(u',');
    else
        words = fields.texts(name).value_or(QStringList());
    if (object.value(name).isArray() && object.value(name).toArray().isEmpty()) // it would match everything
        fields.wrong(name, QStringLiteral("is empty"));
    for (const auto& word : words) {
        if (const auto value = parse(word))
            values.push_back(*value);
        else
            fields.wrong(name, ifUnknown);
    }
}

MessageFilter readFilter(const QJsonObject& object, const QString& pointer, std::vector<FieldError>& errors)
{
    FieldReader fields(object, pointer, errors);
    MessageFilter filter;
    readWords(fields, object, Name("state"), QStringLiteral("has a value that is not a state"),
              &parseMessageState, filter.states);
    readWords(fields, object, Name("attempt"),
              QStringLiteral("has a value that is not the result of an attempt"), &parseAttemptResult,
              filter.results);
    const auto take = [&](Name name, QString& target) {
        FieldReader::assign(target, fields.text(name));
        if (fields.has(name) && target.isEmpty()) // it would match everything
            fields.wrong(name, QStringLiteral("is empty"));
    };
    for (auto field = object.begin(); field != object.end(); ++field)
        if (field->isNull()) // so would this
            errors.push_back({fields.pointerTo(field.key()), QStringLiteral("is null")});
    take(Name("destination"), filter.destination);
    take(Name("tag"), filter.tag);
    take(Name("key"), filter.key);
    take(Name("q"), filter.text);
    take(Name("fingerprint"), filter.fingerprint);
    filter.dueAfter = fields.instant(Name("due_after"));
    filter.dueBefore = fields.instant(Name("due_before"));
    filter.attemptedAfter = fields.instant(Name("attempted_after"));
    filter.attemptedBefore = fields.instant(Name("attempted_before"));
    fields.refuseUnknownFields();
    return filter;
}

} // namespace

std::optional<MessageState> parseResolution(QStringView text)
{
    const auto state = parseMessageState(text);
    return state && mayMove(MessageState::Unknown, *state) ? state : std::nullopt;
}

OperationRequest readOperationRequest(const QJsonObject& object, const MessageLimits& limits,
                                      std::vector<FieldError>& errors)
{
    FieldReader fields(object, QString(), errors);
    OperationRequest request;
    auto& operation = request.operation;
    const Name action("action");
    if (!fields.has(action))
        fields.wrong(action, QStringLiteral("is missing"));
    FieldReader::assign(operation.action, fields.word(action, &parseOperationAction,
                                                      Name("cancel, replay, reschedule, resolve, restore")));
    const Name filter("filter");
    if (const auto given = fields.object(filter))
        operation.filter = readFilter(*given, fields.pointerTo(QString(filter)), errors);
    FieldReader::assign(operation.all, fields.boolean(Name("all")));
    FieldReader::assign(request.dryRun, fields.boolean(Name("dry_run")));
    operation.limit = fields.integer(Name("limit"), 1, mostMessages);
    operation.expectedCount = fields.integer(Name("expected_count"), 0, mostMessages);
    if (const auto pace = fields.integer(Name("per_second"), 1, mostPerSecond))
        operation.perSecond = static_cast<int>(*pace);
    FieldReader::assign(operation.destination, fields.text(Name("destination")));
    operation.dueAt = fields.instant(Name("due_at"));
    operation.delay = fields.milliseconds(Name("delay_ms"), 0ms, limits.ahead);
    operation.shift = fields.milliseconds(Name("shift_ms"), -limits.ahead, limits.ahead);
    operation.spread = fields.milliseconds(Name("spread_ms"), 0ms, limits.ahead);
    operation.as = fields.word(Name("as"), &parseResolution, Name("delivered, retrying, dead"));
    FieldReader::assign(operation.canary, fields.boolean(Name("canary")));
    FieldReader::assign(request.reason, fields.text(Name("reason")));
    fields.refuseUnknownFields();
    return request;
}

ReplayRequest readReplayRequest(const QJsonObject& object, QByteArrayView text, const MessageLimits& limits,
                                std::vector<FieldError>& errors)
{
    FieldReader fields(object, QString(), errors);
    ReplayRequest request;
    auto& change = request.change;
    const Name destination("destination");
    FieldReader::assign(change.destination, fields.text(destination));
    if (fields.has(destination) && change.destination.isEmpty())
        fields.wrong(destination, QStringLiteral("is empty"));
    change.due = readDue(fields, limits);
    if (const auto content = readContent(fields, text, limits)) {
        change.body = content->body;
        change.contentType = content->type;
    } else {
        change.contentType = fields.headerValue(Name("content_type"));
    }
    change.headers = fields.headers(Name("headers"));
    FieldReader::assign(request.reason, fields.text(Name("reason")));
    fields.refuseUnknownFields();
    return request;
}

QJsonObject toJson(const MessageFilter& filter)
{
    QJsonObject object;
    const auto add = [&](const char* name, const QString& text) {
        if (!text.isEmpty())
            object.insert(QLatin1StringView(name), text);
    };
    const auto addWords = [&](const char* name, const auto& values) {
        QJsonArray words;
        for (const auto value : values)
            words.append(QString(toText(value)));
        if (!words.isEmpty())
            object.insert(QLatin1StringView(name), words);
    };
    addWords("state", filter.states);
    add("destination", filter.destination);
    add("tag", filter.tag);
    add("key", filter.key);
    add("due_after", filter.dueAfter ? exactly(*filter.dueAfter) : QString());
    add("due_before", filter.dueBefore ? exactly(*filter.dueBefore) : QString());
    add("q", filter.text);
    add("fingerprint", filter.fingerprint);
    add("attempted_after", filter.attemptedAfter ? exactly(*filter.attemptedAfter) : QString());
    add("attempted_before", filter.attemptedBefore ? exactly(*filter.attemptedBefore) : QString());
    addWords("attempt", filter.results);
    return object;
}

QJsonObject optionsOf(const NewOperation& operation)
{
    QJsonObject object;
    const auto addSpan = [&](const char* name, const std::optional<Duration>& span) {
        if (span)
            object.insert(QLatin1StringView(name), toMilliseconds(*span));
    };
    if (operation.all)
        object.insert(QStringLiteral("all"), true);
    if (operation.limit)
        object.insert(QStringLiteral("limit"), *operation.limit);
    if (operation.perSecond)
        object.insert(QStringLiteral("per_second"), *operation.perSecond);
    if (!operation.destination.isEmpty())
        object.insert(QStringLiteral("destination"), operation.destination);
    if (operation.dueAt)
        object.insert(QStringLiteral("due_at"), exactly(*operation.dueAt));
    addSpan("delay_ms", operation.delay);
    addSpan("shift_ms", operation.shift);
    addSpan("spread_ms", operation.spread);
    if (operation.as)
        object.insert(QStringLiteral("as"), QString(toText(*operation.as)));
    if (operation.canary)
        object.insert(QStringLiteral("canary"), true);
    return object;
}

QJsonObject toJson(const Operation& operation)
{
    QJsonObject verdicts;
    for (auto verdict = operation.verdicts.begin(); verdict != operation.verdicts.end(); ++verdict)
        verdicts.insert(verdict.key(), verdict.value());
    return {
        {QStringLiteral("id"), toText(operation.id)},
        {QStringLiteral("action"), QString(toText(operation.action))},
        {QStringLiteral("state"), QString(toText(operation.state))},
        {QStringLiteral("filter"), operation.filter},
        {QStringLiteral("options"), operation.options},
        {QStringLiteral("actor"), operation.actor},
        {QStringLiteral("origin"), operation.origin},
        {QStringLiteral("reason"), orNull(operation.reason)},
        {QStringLiteral("undo_of"), operation.undoOf ? QJsonValue(toText(*operation.undoOf)) : QJsonValue()},
        {QStringLiteral("created_at"), toRfc3339(operation.createdAt)},
        {QStringLiteral("updated_at"), toRfc3339(operation.updatedAt)},
        {QStringLiteral("finished_at"), orNull(operation.finishedAt)},
        {QStringLiteral("total"), operation.total},
        {QStringLiteral("done"), operation.done},
        {QStringLiteral("verdicts"), verdicts},
        {QStringLiteral("stopped_because"), orNull(operation.stoppedBecause)},
        {QStringLiteral("last_error"), orNull(operation.lastError)},
    };
}

QJsonObject toJson(const OperationItem& item)
{
    return {
        {QStringLiteral("ordinal"), item.ordinal},
        {QStringLiteral("message_id"), toText(item.message)},
        {QStringLiteral("verdict"), orNull(item.verdict)},
        {QStringLiteral("changed_at"), orNull(item.changedAt)},
        {QStringLiteral("replay"), item.replay ? QJsonValue(toText(*item.replay)) : QJsonValue()},
        {QStringLiteral("was_due_at"), orNull(item.dueAt)},
    };
}

QJsonObject toJson(const OperationPreview& preview)
{
    QJsonArray sample;
    for (const auto& message : preview.sample)
        sample.append(toJson(message));
    return {{QStringLiteral("dry_run"), true},
            {QStringLiteral("count"), preview.count},
            {QStringLiteral("sample"), sample}};
}

} // namespace punctual
