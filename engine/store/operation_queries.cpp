// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/operation_queries.h"

#include "core/operation_json.h"
#include "core/uuid_v7.h"
#include "store/array_literal.h"
#include "store/message_headers.h"
#include "store/message_queries.h"
#include "store/row.h"

#include <QJsonDocument>

namespace punctual::store
{

namespace
{

constexpr QLatin1StringView operationColumns(
    "o.id, o.action, o.state, o.filter::text, o.options::text, o.actor, o.origin, o.reason, o.undo_of, "
    "punctual.micros(o.created_at), punctual.micros(o.updated_at), punctual.micros(o.finished_at), o.total, "
    "o.done, o.verdicts::text, o.stopped_because, o.last_error");

QString toText(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Operation readOperation(const QSqlQuery& row)
{
    Operation operation;
    operation.id = uuidAt(row, 0);
    operation.action = parseOperationAction(row.value(1).toString()).value_or(OperationAction::Cancel);
    operation.state = parseOperationState(row.value(2).toString()).value_or(OperationState::Running);
    operation.filter = objectAt(row, 3);
    operation.options = objectAt(row, 4);
    operation.actor = row.value(5).toString();
    operation.origin = row.value(6).toString();
    operation.reason = row.value(7).toString();
    if (!row.isNull(8))
        operation.undoOf = uuidAt(row, 8);
    operation.createdAt = instantAt(row, 9);
    operation.updatedAt = instantAt(row, 10);
    operation.finishedAt = optionalInstantAt(row, 11);
    operation.total = row.value(12).toLongLong();
    operation.done = row.value(13).toLongLong();
    const auto verdicts = objectAt(row, 14);
    for (auto verdict = verdicts.begin(); verdict != verdicts.end(); ++verdict)
        operation.verdicts.insert(verdict.key(), verdict.value().toInteger());
    operation.stoppedBecause = row.value(15).toString();
    operation.lastError = row.value(16).toString();
    return operation;
}

template <class Chosen>
QVariant microsecondsOf(const ReplayChange& change)
{
    const auto* chosen = std::get_if<Chosen>(&change.due);
    if (chosen == nullptr)
        return QVariant(QMetaType(QMetaType::LongLong));
    if constexpr (std::is_same_v<Chosen, Instant>)
        return toMicroseconds(*chosen);
    else
        return qint64(chosen->count());
}

QVariant textOrNull(const std::optional<QString>& text)
{
    return text ? QVariant(*text) : QVariant(QMetaType(QMetaType::QString));
}

QVariantList valuesOf(const std::optional<Idempotency>& idempotency)
{
    if (idempotency)
        return {idempotency->key, idempotency->contentHash};
    return {textOrNull(std::nullopt), QVariant(QMetaType(QMetaType::QByteArray))};
}

Result<QUuid> selectId(Connection& connection, const QString& sql, const QVariantList& values)
{
    QUuid id;
    return connection.select(sql, values, [&](const QSqlQuery& row) { id = uuidAt(row, 0); }).map([&] {
        return id;
    });
}

/// For what reads, or writes down, all that a filter matches: that may be a great deal.
Result<void> takeTime(Connection& connection)
{
    return connection.run(QStringLiteral("SET LOCAL statement_timeout = '10min'"));
}

} // namespace

Result<ReplayedId> replay(Connection& connection, const MessageId& id, const ReplayChange& change,
                          const std::optional<Idempotency>& idempotency)
{
    const auto type =
        change.contentType ? std::optional(QString::fromLatin1(*change.contentType)) : std::nullopt;
    std::optional<QString> headers;
    if (change.headers) {
        auto written = newHeaders(connection, id, change.destination, *change.headers);
        if (!written)
            return tl::unexpected(written.error());
        headers = QString::fromUtf8(*written);
    }
    const QVariant body = change.body ? QVariant(change.body->isNull() ? QByteArray("") : *change.body)
                                      : QVariant(QMetaType(QMetaType::QByteArray));
    ReplayedId replayed;
    return connection
        .select(QStringLiteral(
                    "SELECT state, replay FROM punctual.replay(?, ?, ?, ?, CAST(? AS jsonb), ?, ?, ?, ?)"),
                QVariantList{punctual::toText(id),
                             textOrNull(change.destination.isEmpty() ? std::nullopt
                                                                     : std::optional(change.destination)),
                             microsecondsOf<Instant>(change), microsecondsOf<Duration>(change),
                             textOrNull(headers), textOrNull(type), body} +
                    valuesOf(idempotency),
                [&](const QSqlQuery& row) {
                    replayed.state = parseMessageState(row.value(0).toString());
                    if (!row.isNull(1))
                        replayed.replay = uuidAt(row, 1);
                })
        .map([&] { return replayed; });
}

Result<std::vector<MessageId>> replays(Connection& connection, const MessageId& id, int limit)
{
    std::vector<MessageId> ids;
    return connection
        .select(QStringLiteral("SELECT id FROM punctual.messages WHERE replay_of = ? "
                               "ORDER BY created_at DESC, id DESC LIMIT ?"),
                {punctual::toText(id), limit}, [&](const QSqlQuery& row) { ids.push_back(uuidAt(row, 0)); })
        .map([&] { return std::move(ids); });
}

Result<DeadLetterPage> deadLetters(Connection& connection, const QString& destination,
                                   const std::optional<DeadLetterCursor>& after, int limit)
{
    DeadLetterPage page;
    auto read = connection.select(
        QStringLiteral(
            "SELECT fingerprint, destination, status, error, count, first_us, last_us, message_id, hours "
            "FROM punctual.dead_letters(?, ?, ?, ?)"),
        {textOrNull(destination.isEmpty() ? std::nullopt : std::optional(destination)),
         after ? QVariant(toMicroseconds(after->lastAt)) : QVariant(QMetaType(QMetaType::LongLong)),
         textOrNull(after ? std::optional(after->fingerprint) : std::nullopt), limit + 1},
        [&](const QSqlQuery& row) {
            page.items.push_back({row.value(0).toString(),
                                  row.value(1).toString(),
                                  row.value(2).toInt(),
                                  row.value(3).toString(),
                                  row.value(4).toLongLong(),
                                  instantAt(row, 5),
                                  instantAt(row, 6),
                                  uuidAt(row, 7),
                                  {}});
            for (const auto& count : readArray(row.value(8).toString()))
                page.items.back().hours.push_back(count.toLongLong());
        });
    if (!read)
        return tl::unexpected(read.error());
    if (page.items.size() > static_cast<std::size_t>(limit)) {
        page.items.pop_back();
        page.next = DeadLetterCursor{page.items.back().lastAt, page.items.back().fingerprint};
    }
    return page;
}

Result<OperationPreview> previewOperation(Connection& connection, const NewOperation& wanted)
{
    OperationPreview preview;
    std::vector<MessageId> ids;
    auto read = takeTime(connection).and_then([&] {
        return connection.select(
            QStringLiteral("SELECT count, sample FROM punctual.preview_operation(?, CAST(? AS jsonb), "
                           "CAST(? AS jsonb))"),
            {QString(punctual::toText(wanted.action)), toText(toJson(wanted.filter)),
             toText(optionsOf(wanted))},
            [&](const QSqlQuery& row) {
                preview.count = row.value(0).toLongLong();
                for (const auto& id : readArray(row.value(1).toString()))
                    ids.push_back(QUuid::fromString(id));
            });
    });
    if (!read)
        return tl::unexpected(read.error());
    return find(connection, ids).map([&](std::vector<Message> messages) {
        preview.sample = std::move(messages);
        return std::move(preview);
    });
}

Result<QUuid> startOperation(Connection& connection, const NewOperation& wanted,
                             const std::optional<Idempotency>& idempotency)
{
    const QVariant expected =
        wanted.expectedCount ? QVariant(*wanted.expectedCount) : QVariant(QMetaType(QMetaType::LongLong));
    return takeTime(connection).and_then([&] {
        return selectId(
            connection,
            QStringLiteral("SELECT punctual.start_operation(?, CAST(? AS jsonb), CAST(? AS jsonb), ?, ?, ?)"),
            QVariantList{QString(punctual::toText(wanted.action)), toText(toJson(wanted.filter)),
                         toText(optionsOf(wanted))} +
                valuesOf(idempotency) + QVariantList{expected});
    });
}

Result<std::optional<OperationState>> abortOperation(Connection& connection, const QUuid& id)
{
    std::optional<OperationState> state;
    return connection
        .select(QStringLiteral("SELECT punctual.abort_operation(?)"), {punctual::toText(id)},
                [&](const QSqlQuery& row) { state = parseOperationState(row.value(0).toString()); })
        .map([&] { return state; });
}

Result<QUuid> undoOperation(Connection& connection, const QUuid& id)
{
    return takeTime(connection).and_then([&] {
        return selectId(connection, QStringLiteral("SELECT punctual.undo_operation(?)"),
                        {punctual::toText(id)});
    });
}

Result<std::optional<Operation>> operation(Connection& connection, const QUuid& id)
{
    std::optional<Operation> found;
    static const QString sql =
        QStringLiteral("SELECT %1 FROM punctual.operations o WHERE o.id = ?").arg(operationColumns);
    return connection
        .select(sql, {punctual::toText(id)}, [&](const QSqlQuery& row) { found = readOperation(row); })
        .map([&] { return found; });
}

Result<OperationPage> operations(Connection& connection, const std::optional<QUuid>& after, int limit)
{
    static const QString sql =
        QStringLiteral("SELECT %1 FROM punctual.operations o WHERE o.id < ? ORDER BY o.id DESC LIMIT ?")
            .arg(operationColumns);
    static const QString last = QStringLiteral("ffffffff-ffff-ffff-ffff-ffffffffffff");
    OperationPage page;
    auto read = connection.select(sql, {after ? punctual::toText(*after) : last, limit + 1},
                                  [&](const QSqlQuery& row) { page.items.push_back(readOperation(row)); });
    if (!read)
        return tl::unexpected(read.error());
    if (page.items.size() > static_cast<std::size_t>(limit)) {
        page.items.pop_back();
        page.next = page.items.back().id;
    }
    return page;
}

Result<std::optional<OperationItemPage>> operationItems(Connection& connection, const QUuid& id,
                                                        const QString& verdict, qint64 after, int limit)
{
    const auto wanted = operation(connection, id);
    if (!wanted)
        return tl::unexpected(wanted.error());
    if (!*wanted)
        return std::nullopt;
    OperationItemPage page;
    auto read = connection.select(
        QStringLiteral("SELECT i.ordinal, i.message_id, i.verdict, punctual.micros(i.changed_at), i.replay, "
                       "punctual.micros(i.due_at) FROM punctual.operation_items i "
                       "WHERE i.operation = ? AND i.created_at = punctual.instant(?) AND i.ordinal > ? "
                       "AND (? = '' OR i.verdict = ?) ORDER BY i.ordinal LIMIT ?"),
        {punctual::toText(id), toMicroseconds((*wanted)->createdAt), after, verdict, verdict, limit + 1},
        [&](const QSqlQuery& row) {
            page.items.push_back({row.value(0).toLongLong(), uuidAt(row, 1), row.value(2).toString(),
                                  optionalInstantAt(row, 3),
                                  row.isNull(4) ? std::nullopt : std::optional(uuidAt(row, 4)),
                                  optionalInstantAt(row, 5)});
        });
    if (!read)
        return tl::unexpected(read.error());
    if (page.items.size() > static_cast<std::size_t>(limit)) {
        page.items.pop_back();
        page.next = page.items.back().ordinal;
    }
    return std::optional(std::move(page));
}

Result<Worked> workOperation(Connection& connection, const QUuid& node, int limit)
{
    Worked worked;
    return connection
        .select(QStringLiteral("SELECT worked, wait_us FROM punctual.work_operation(?, ?)"),
                {punctual::toText(node), limit},
                [&](const QSqlQuery& row) {
                    worked.items = row.value(0).toInt();
                    if (!row.isNull(1))
                        worked.wait = Duration(row.value(1).toLongLong());
                })
        .map([&] { return worked; });
}

} // namespace punctual::store
