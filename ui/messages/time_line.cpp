// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/time_line.h"

#include "ui/common/time_text.h"
#include "ui/common/wording.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>

namespace punctual::ui
{

namespace
{

struct TimeLineWords
{
    Q_DECLARE_TR_FUNCTIONS(TimeLine)
};

QString exactText(Duration span)
{
    using namespace std::chrono_literals;
    if (span >= 1s)
        return spanText(span);
    return TimeLineWords::tr("%1 ms").arg(
        QLocale().toString(static_cast<double>(span.count()) / 1000, 'f', 1));
}

TimeLineEntry entryOf(const Attempt& attempt)
{
    const QString result =
        attempt.status != 0
            ? TimeLineWords::tr("%1 (HTTP %2)").arg(outcomeName(attempt.outcome)).arg(attempt.status)
            : outcomeName(attempt.outcome);
    QString detail = TimeLineWords::tr("left %1 late, took %2")
                         .arg(exactText(attempt.lateness), exactText(attempt.finishedAt - attempt.startedAt));
    const QString answer = attempt.error.isEmpty() ? QString::fromUtf8(attempt.response) : attempt.error;
    if (!answer.trimmed().isEmpty())
        detail += QStringLiteral(" · ") + answer.simplified();
    return {attempt.startedAt, toneOf(attempt.outcome),
            TimeLineWords::tr("Attempt %1: %2").arg(attempt.number).arg(result), detail};
}

QString deed(const AuditEntry& entry)
{
    if (entry.action == u"cancel")
        return TimeLineWords::tr("Cancelled by %1").arg(entry.actor);
    if (entry.action == u"restore")
        return TimeLineWords::tr("Restored by %1").arg(entry.actor);
    if (entry.action == u"reschedule")
        return TimeLineWords::tr("Rescheduled by %1").arg(entry.actor);
    if (entry.action == u"resolve")
        return TimeLineWords::tr("Resolved by %1").arg(entry.actor);
    if (entry.action == u"replay")
        return TimeLineWords::tr("Sent again by %1").arg(entry.actor);
    if (entry.action == u"schedule")
        return TimeLineWords::tr("Scheduled by %1").arg(entry.actor);
    if (entry.action == u"change")
        return TimeLineWords::tr("Changed by %1").arg(entry.actor);
    return TimeLineWords::tr("%1 by %2").arg(entry.action, entry.actor);
}

/// A value of the audit as a person reads it.
QString valueText(const QString& name, const QJsonValue& value, const QTimeZone& zone)
{
    const QString text = value.toVariant().toString();
    if (const auto state = name == u"state" ? parseMessageState(text) : std::nullopt)
        return stateName(*state);
    const auto instant =
        name.endsWith(u"_at") ? parseRfc3339(text) : Result<Instant>(failure(ErrorCode::InvalidInput, {}));
    return instant ? timeText(*instant, zone) : text;
}

TimeLineEntry entryOf(const AuditEntry& entry, const QTimeZone& zone)
{
    QStringList parts;
    const QJsonObject before = entry.before.toObject();
    const QJsonObject after = entry.after.toObject();
    for (const auto& name : after.keys())
        if (before.contains(name) && before.value(name) != after.value(name) && !after.value(name).isObject())
            parts << QStringLiteral("%1 → %2").arg(valueText(name, before.value(name), zone),
                                                   valueText(name, after.value(name), zone));
    if (!entry.reason.isEmpty())
        parts << TimeLineWords::tr("“%1”").arg(entry.reason);
    if (!entry.origin.isEmpty())
        parts << TimeLineWords::tr("from: %1").arg(entry.origin);
    return {entry.at, Tone::Neutral, deed(entry), parts.join(QStringLiteral(" · "))};
}

} // namespace

std::vector<TimeLineEntry> timeLineOf(const Message& message, const std::vector<Attempt>& attempts,
                                      const std::vector<AuditEntry>& audit, Instant now,
                                      const QTimeZone& zone)
{
    std::vector<TimeLineEntry> entries;
    const auto scheduled = std::find_if(audit.begin(), audit.end(),
                                        [](const AuditEntry& entry) { return entry.action == u"schedule"; });
    if (scheduled == audit.end())
        entries.push_back({message.createdAt, Tone::Neutral, TimeLineWords::tr("Scheduled")});
    // What people did comes before what the database wrote at the same moment.
    for (auto entry = audit.rbegin(); entry != audit.rend(); ++entry)
        entries.push_back(entryOf(*entry, zone));
    for (const auto& attempt : attempts)
        entries.push_back(entryOf(attempt));
    const bool isWaitingStill = isWaiting(message.state);
    if (attempts.empty() || message.state != MessageState::Cancelled)
        entries.push_back({message.dueAt,
                           Tone::Waiting,
                           TimeLineWords::tr("Due"),
                           {},
                           isWaitingStill && message.dueAt > now});
    if (message.state == MessageState::Retrying && message.nextAttemptAt)
        entries.push_back(
            {*message.nextAttemptAt, Tone::Waiting, TimeLineWords::tr("Next attempt"), {}, true});
    if (message.state == MessageState::Delivering && message.claimedAt)
        entries.push_back({*message.claimedAt, Tone::Busy,
                           TimeLineWords::tr("Attempt %1 is under way").arg(message.attempts)});
    if (message.state == MessageState::Expired && message.finishedAt)
        entries.push_back({*message.finishedAt, Tone::Neutral, TimeLineWords::tr("Expired")});
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    return entries;
}

} // namespace punctual::ui
