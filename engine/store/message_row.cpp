// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/message_row.h"

#include "store/array_literal.h"
#include "store/row.h"

#include <QJsonObject>

namespace punctual::store
{

Message readMessage(const QSqlQuery& row)
{
    Message message;
    message.id = uuidAt(row, 0);
    message.destination = row.value(1).toString();
    message.state = parseMessageState(row.value(2).toString()).value_or(MessageState::Unknown);
    message.priority = parsePriority(row.value(3).toString()).value_or(Priority::Normal);
    message.key = row.value(4).toString();
    const auto tags = readArray(row.value(5).toString());
    message.tags = QStringList(tags.begin(), tags.end());
    message.dueAt = instantAt(row, 6);
    message.nextAttemptAt = optionalInstantAt(row, 7);
    message.createdAt = instantAt(row, 8);
    message.updatedAt = instantAt(row, 9);
    message.finishedAt = optionalInstantAt(row, 10);
    message.attempts = row.value(11).toInt();
    message.maxAttempts = row.value(12).toInt();
    if (!row.isNull(13))
        message.expiresAfter = std::chrono::milliseconds(row.value(13).toLongLong());
    if (!row.isNull(14))
        message.replayOf = uuidAt(row, 14);
    message.claimedAt = optionalInstantAt(row, 15);
    message.lastStatus = row.value(16).toInt();
    message.lastError = row.value(17).toString();
    message.cancelledBy = row.value(18).toString();
    message.bodySize = row.value(19).toLongLong();
    message.retry = objectAt(row, 20);
    return message;
}

} // namespace punctual::store
