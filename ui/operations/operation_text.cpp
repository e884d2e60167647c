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

struct Words
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
        return Words::tr("%1 cancelled").arg(count);
    case OperationAction::Replay:
        return Words::tr("%1 sent again").arg(count);
    case OperationAction::Reschedule:
        return Words::tr("%1 rescheduled").arg(count);
    case OperationAction::Resolve:
        return Words::tr("%1 resolved").arg(count);
    case OperationAction::Restore:
        return Words::tr("%1 restored").arg(count);
    }
    Q_UNREACHABLE();
}

/// Of messages with which it did not work: their verdict is the state in which they were found.
QString failureText(const QString& verdict, const QString& count)
{
    if (verdict == u"not_found")
        return Words::tr("%1 not found").arg(count);
    if (verdict == u"destination_gone")
        return Words::tr("%1 without a destination").arg(count);
    const auto state = parseMessageState(verdict);
    return Words::tr("%1 not touched: %2").arg(count, state ? stateName(*state) : verdict);
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
        return Words::tr("due from %1 to %2")
            .arg(timeText(*after, zone), isSameDay ? clockText(*before, zone) : timeText(*before, zone));
    }
    if (after)
        return Words::tr("due from %1 on").arg(timeText(*after, zone));
    return before ? Words::tr("due before %1").arg(timeText(*before, zone)) : QString();
}

} // namespace

QString actionName(OperationAction action)
{
    switch (action) {
    case OperationAction::Cancel:
        return Words::tr("Cancel");
    case OperationAction::Replay:
        return Words::tr("Send again");
    case OperationAction::Reschedule:
        return Words::tr("Reschedule");
    case OperationAction::Resolve:
        return Words::tr("Resolve");
    case OperationAction::Restore:
        return Words::tr("Restore");
    }
    Q_UNREACHABLE();
}

QString actionText(const Operation& operation)
{
    if (!operation.undoOf)
        return actionName(operation.action);
    return operation.action == OperationAction::Restore ? Words::tr("Undo a cancel")
                                                        : Words::tr("Undo a sending again");
}

QString stateName(OperationState state)
{
    switch (state) {
    case OperationState::Running:
        return Words::tr("Running");
    case OperationState::Done:
        return Words::tr("Done");
    case OperationState::Aborted:
        return Words::tr("Aborted");
    case OperationState::Stopped:
        return Words::tr("Stopped by itself");
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
        parts << Words::tr("tag %1").arg(filter.tag);
    if (!filter.key.isEmpty())
        parts << Words::tr("key %1").arg(filter.key);
    if (!filter.fingerprint.isEmpty())
        parts << Words::tr("failed alike");
    if (!filter.text.isEmpty())
        parts << Words::tr("with “%1”").arg(filter.text);
    parts << dueText(filter.dueAfter, filter.dueBefore, zone);
    parts.removeAll(QString());
    return parts.isEmpty() ? Words::tr("All messages") : parts.join(QStringLiteral(", "));
}

QString filterText(const QJsonObject& filter, const QTimeZone& zone)
{
    MessageFilter read;
    const auto word = [&filter](const char* name) {
        return filter.value(QLatin1StringView(name)).toString();
    };
    const auto states = filter.value(QLatin1StringView("state"));
    const auto list = states.isArray() ? states.toArray() : QJsonArray{states};
    for (const auto& state : list)
        if (const auto known = parseMessageState(state.toString()))
            read.states.push_back(*known);
    read.destination = word("destination");
    read.tag = word("tag");
    read.key = word("key");
    read.text = word("q");
    read.fingerprint = word("fingerprint");
    read.dueAfter = instantIn(filter, "due_after");
    read.dueBefore = instantIn(filter, "due_before");
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
        parts << Words::tr("as a canary");
    if (const auto pace = value("per_second").toInteger(); pace > 0)
        parts << Words::tr("at most %1 a second").arg(locale.toString(pace));
    if (const auto limit = value("limit").toInteger(); limit > 0)
        parts << Words::tr("the first %1").arg(locale.toString(limit));
    if (const auto destination = value("destination").toString(); !destination.isEmpty())
        parts << Words::tr("to %1").arg(destination);
    if (const auto due = instantIn(options, "due_at"))
        parts << Words::tr("from %1 on").arg(timeText(*due, zone));
    if (value("delay_ms").toInteger() > 0)
        parts << Words::tr("in %1").arg(span("delay_ms"));
    if (const auto shift = value("shift_ms").toInteger(); shift != 0)
        parts << (shift > 0 ? Words::tr("later by %1") : Words::tr("earlier by %1")).arg(span("shift_ms"));
    if (value("spread_ms").toInteger() > 0)
        parts << Words::tr("spread over %1").arg(span("spread_ms"));
    if (const auto state = parseMessageState(value("as").toString()))
        parts << Words::tr("as %1").arg(stateName(*state));
    return parts.join(QStringLiteral(", "));
}

QString progressText(const Operation& operation)
{
    const QLocale locale;
    return Words::tr("%1 of %2").arg(locale.toString(operation.done), locale.toString(operation.total));
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
