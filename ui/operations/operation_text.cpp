// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/operation_text.h"

#include "core/time.h"
#include "ui/common/time_text.h"
#include "ui/common/wording.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

namespace punctual::ui
{

namespace
{

struct OperationTextWords
{
    Q_DECLARE_TR_FUNCTIONS(Operations)
};

/// The verdict of a message with which the action worked.
QString successOf(OperationAction action)
{
    switch (action) {
    case OperationAction::Cancel:
        return QStringLiteral("cancelled");
    case OperationAction::Replay:
        return QStringLiteral("replayed");
    case OperationAction::Reschedule:
        return QStringLiteral("rescheduled");
    case OperationAction::Resolve:
        return QStringLiteral("resolved");
    case OperationAction::Restore:
        return QStringLiteral("restored");
    }
    Q_UNREACHABLE();
}

QString successText(OperationAction action, const QString& count)
{
    switch (action) {
    case OperationAction::Cancel:
        return OperationTextWords::tr("%1 cancelled").arg(count);
    case OperationAction::Replay:
        return OperationTextWords::tr("%1 sent again").arg(count);
    case OperationAction::Reschedule:
        return OperationTextWords::tr("%1 rescheduled").arg(count);
    case OperationAction::Resolve:
        return OperationTextWords::tr("%1 resolved").arg(count);
    case OperationAction::Restore:
        return OperationTextWords::tr("%1 restored").arg(count);
    }
    Q_UNREACHABLE();
}

/// Of messages with which it did not work: their verdict is the state in which they were found.
QString failureText(const QString& verdict, const QString& count)
{
    if (verdict == u"not_found")
        return OperationTextWords::tr("%1 not found").arg(count);
    if (verdict == u"destination_gone")
        return OperationTextWords::tr("%1 without a destination").arg(count);
    const auto state = parseMessageState(verdict);
    return OperationTextWords::tr("%1 not touched: %2").arg(count, state ? stateName(*state) : verdict);
}

std::optional<Instant> instantIn(const QJsonObject& object, const char* name)
{
    const auto read = parseRfc3339(object.value(QLatin1StringView(name)).toString());
    return read ? std::optional(*read) : std::nullopt;
}

QString dueText(const std::optional<Instant>& after, const std::optional<Instant>& before,
                const QTimeZone& zone)
{
    if (after && before) {
        const bool isSameDay =
            toDateTime(*after).toTimeZone(zone).date() == toDateTime(*before).toTimeZone(zone).date();
        return OperationTextWords::tr("due from %1 to %2")
            .arg(timeText(*after, zone), isSameDay ? clockText(*before, zone) : timeText(*before, zone));
    }
    if (after)
        return OperationTextWords::tr("due from %1 on").arg(timeText(*after, zone));
    return before ? OperationTextWords::tr("due before %1").arg(timeText(*before, zone)) : QString();
}

QString attemptText(const MessageFilter& filter, const QTimeZone& zone)
{
    if (!filter.isOfAttempts())
        return {};
    QStringList parts;
    if (filter.attemptedAfter)
        parts << OperationTextWords::tr("from %1").arg(timeText(*filter.attemptedAfter, zone));
    if (filter.attemptedBefore)
        parts << OperationTextWords::tr("before %1").arg(timeText(*filter.attemptedBefore, zone));
    if (!filter.results.empty())
        parts << resultsText(filter.results);
    return OperationTextWords::tr("with an attempt (%1)").arg(parts.join(QStringLiteral(", ")));
}

} // namespace

QString actionName(OperationAction action)
{
    switch (action) {
    case OperationAction::Cancel:
        return OperationTextWords::tr("Cancel");
    case OperationAction::Replay:
        return OperationTextWords::tr("Send again");
    case OperationAction::Reschedule:
        return OperationTextWords::tr("Reschedule");
    case OperationAction::Resolve:
        return OperationTextWords::tr("Resolve");
    case OperationAction::Restore:
        return OperationTextWords::tr("Restore");
    }
    Q_UNREACHABLE();
}

QString actionText(const Operation& operation)
{
    if (!operation.undoOf)
        return actionName(operation.action);
    return operation.action == OperationAction::Restore ? OperationTextWords::tr("Undo a cancel")
                                                        : OperationTextWords::tr("Undo a sending again");
}

QString stateName(OperationState state)
{
    switch (state) {
    case OperationState::Running:
        return OperationTextWords::tr("Running");
    case OperationState::Done:
        return OperationTextWords::tr("Done");
    case OperationState::Aborted:
        return OperationTextWords::tr("Aborted");
    case OperationState::Stopped:
        return OperationTextWords::tr("Stopped by itself");
    }
    Q_UNREACHABLE();
}

Tone toneOf(OperationState state)
{
    switch (state) {
    case OperationState::Running:
        return Tone::Busy;
    case OperationState::Done:
        return Tone::Good;
    case OperationState::Aborted:
        return Tone::Neutral;
    case OperationState::Stopped:
        return Tone::Bad;
    }
    Q_UNREACHABLE();
}

QString filterText(const MessageFilter& filter, const QTimeZone& zone)
{
    QStringList parts;
    QStringList states;
    for (const auto state : filter.states)
        states << stateName(state);
    parts << states.join(QStringLiteral(" / ")) << filter.destination;
    if (!filter.tag.isEmpty())
        parts << OperationTextWords::tr("tag %1").arg(filter.tag);
    if (!filter.key.isEmpty())
        parts << OperationTextWords::tr("key %1").arg(filter.key);
    if (!filter.fingerprint.isEmpty())
        parts << OperationTextWords::tr("failed alike");
    if (!filter.text.isEmpty())
        parts << OperationTextWords::tr("with “%1”").arg(filter.text);
    parts << dueText(filter.dueAfter, filter.dueBefore, zone) << attemptText(filter, zone);
    parts.removeAll(QString());
    return parts.isEmpty() ? OperationTextWords::tr("All messages") : parts.join(QStringLiteral(", "));
}

QString filterText(const QJsonObject& filter, const QTimeZone& zone)
{
    MessageFilter read;
    const auto word = [&filter](const char* name) {
        return filter.value(QLatin1StringView(name)).toString();
    };
    const auto readWords = [&filter](const char* name, auto parse, auto& values) {
        const auto given = filter.value(QLatin1StringView(name));
        const auto words = given.isArray() ? given.toArray() : QJsonArray{given};
        for (const auto& one : words)
            if (const auto known = parse(one.toString()))
                values.push_back(*known);
    };
    readWords("state", &parseMessageState, read.states);
    readWords("attempt", &parseAttemptResult, read.results);
    read.destination = word("destination");
    read.tag = word("tag");
    read.key = word("key");
    read.text = word("q");
    read.fingerprint = word("fingerprint");
    read.dueAfter = instantIn(filter, "due_after");
    read.dueBefore = instantIn(filter, "due_before");
    read.attemptedAfter = instantIn(filter, "attempted_after");
    read.attemptedBefore = instantIn(filter, "attempted_before");
    return filterText(read, zone);
}

QString optionsText(const QJsonObject& options, const QTimeZone& zone)
{
    const QLocale locale;
    const auto value = [&options](const char* name) { return options.value(QLatin1StringView(name)); };
    const auto span = [&value](const char* name) {
        return spanText(std::chrono::milliseconds(std::abs(value(name).toInteger())));
    };
    QStringList parts;
    if (value("canary").toBool())
        parts << OperationTextWords::tr("as a canary");
    if (const auto pace = value("per_second").toInteger(); pace > 0)
        parts << OperationTextWords::tr("at most %1 a second").arg(locale.toString(pace));
    if (const auto limit = value("limit").toInteger(); limit > 0)
        parts << OperationTextWords::tr("the first %1").arg(locale.toString(limit));
    if (const auto destination = value("destination").toString(); !destination.isEmpty())
        parts << OperationTextWords::tr("to %1").arg(destination);
    if (const auto due = instantIn(options, "due_at"))
        parts << OperationTextWords::tr("from %1 on").arg(timeText(*due, zone));
    if (value("delay_ms").toInteger() > 0)
        parts << OperationTextWords::tr("in %1").arg(span("delay_ms"));
    if (const auto shift = value("shift_ms").toInteger(); shift != 0)
        parts << (shift > 0 ? OperationTextWords::tr("later by %1") : OperationTextWords::tr("earlier by %1"))
                     .arg(span("shift_ms"));
    if (value("spread_ms").toInteger() > 0)
        parts << OperationTextWords::tr("spread over %1").arg(span("spread_ms"));
    if (const auto state = parseMessageState(value("as").toString()))
        parts << OperationTextWords::tr("as %1").arg(stateName(*state));
    return parts.join(QStringLiteral(", "));
}

QString progressText(const Operation& operation)
{
    const QLocale locale;
    return OperationTextWords::tr("%1 of %2")
        .arg(locale.toString(operation.done), locale.toString(operation.total));
}

double progressOf(const Operation& operation)
{
    return operation.total > 0 ? static_cast<double>(operation.done) / static_cast<double>(operation.total)
                               : 1;
}

QString verdictsText(const Operation& operation)
{
    const QLocale locale;
    QStringList parts;
    const QString success = successOf(operation.action);
    for (auto verdict = operation.verdicts.begin(); verdict != operation.verdicts.end(); ++verdict) {
        const QString count = locale.toString(verdict.value());
        if (verdict.key() == success)
            parts.prepend(successText(operation.action, count));
        else
            parts << failureText(verdict.key(), count);
    }
    return parts.join(QStringLiteral(", "));
}

} // namespace punctual::ui
