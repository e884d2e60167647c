// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_facts.h"

#include "core/uuid_v7.h"
#include "ui/common/letter_width.h"
#include "ui/common/time_text.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"
#include "ui/messages/why_text.h"

#include <QFormLayout>
#include <QLabel>

namespace punctual::ui
{

namespace
{

Tone toneOfWhy(WhyCode code)
{
    switch (code) {
    case WhyCode::NotDue:
    case WhyCode::Leaving:
    case WhyCode::Delivering:
    case WhyCode::Over:
        return Tone::Waiting;
    case WhyCode::NoNode:
    case WhyCode::KeyParked:
    case WhyCode::Locked:
    case WhyCode::HeldAsUnknown:
        return Tone::Bad;
    default:
        return Tone::Warning;
    }
}

} // namespace

MessageFacts::MessageFacts(const Workspace& workspace, QWidget* parent)
    : QScrollArea(parent)
    , m_workspace(workspace)
    , m_why(new ToneLabel(Tone::Waiting))
{
    auto* facts = new QWidget;
    m_form = new QFormLayout(facts);
    m_form->setVerticalSpacing(3);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_why->setAccessibleName(tr("Why it has not gone yet"));
    m_why->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_why->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_form->addRow(m_why);
    m_state = addFact(m_form, tr("State:"));
    m_due = addFact(m_form, tr("Due:"));
    m_next = addFact(m_form, tr("Next attempt:"));
    m_created = addFact(m_form, tr("Created:"));
    m_finished = addFact(m_form, tr("Finished:"));
    m_destination = addFact(m_form, tr("Destination:"));
    m_key = addFact(m_form, tr("Key:"));
    m_tags = addFact(m_form, tr("Tags:"));
    m_result = addFact(m_form, tr("Last result:"));
    m_idText = addFact(m_form, tr("Id:"));
    m_replayOf = addFact(m_form, tr("Sent again from:"));
    m_replays = addFact(m_form, tr("Sent again as:"));
    for (auto* label : {m_replayOf, m_replays}) {
        label->setTextFormat(Qt::RichText);
        label->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
        connect(label, &QLabel::linkActivated, this,
                [this](const QString& link) { Q_EMIT messageRequested(QUuid(link)); });
        m_form->setRowVisible(label, false);
    }
    setWidget(facts);
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setMinimumWidth(letterWidth(fontMetrics()) * 58);
    setAccessibleName(tr("Facts about the message"));
}

QLabel* MessageFacts::addFact(QFormLayout* form, const QString& name)
{
    auto* value = new QLabel;
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(QString(name).remove(u':'));
    value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // it wraps instead of scrolling
    form->addRow(name, value);
    return value;
}

void MessageFacts::show(const Message& message)
{
    const auto showTime = [this](QLabel* label, const std::optional<Instant>& instant) {
        label->setText(instant ? timeText(*instant, m_workspace.zone) : QStringLiteral("–"));
        label->setToolTip(instant ? timeToolTip(*instant, m_workspace.zone) : QString());
    };
    const auto showText = [](QLabel* label, const QString& text) {
        label->setText(text.isEmpty() ? QStringLiteral("–") : text);
    };
    if (message.id != m_id) {
        m_form->setRowVisible(m_why, false);
        m_form->setRowVisible(m_replays, false);
    }
    if (isFinal(message.state))
        m_form->setRowVisible(m_why, false);
    m_id = message.id;
    m_state->setText(message.cancelledBy.isEmpty()
                         ? tr("%1, attempt %2 of %3")
                               .arg(stateName(message.state))
                               .arg(message.attempts)
                               .arg(message.maxAttempts)
                         : tr("%1 by %2").arg(stateName(message.state), message.cancelledBy));
    showTime(m_due, message.dueAt);
    showTime(m_next, message.nextAttemptAt);
    showTime(m_created, message.createdAt);
    showTime(m_finished, message.finishedAt);
    showText(m_destination, tr("%1 (priority: %2)").arg(message.destination, priorityName(message.priority)));
    showText(m_key, message.key);
    showText(m_tags, message.tags.join(QStringLiteral(", ")));
    const QString status = message.lastStatus != 0 ? tr("HTTP %1").arg(message.lastStatus) : QString();
    showText(m_result, QStringList{status, message.lastError}.join(u' ').trimmed());
    showText(m_idText, toText(message.id));
    showLinks(m_replayOf, message.replayOf ? std::vector{*message.replayOf} : std::vector<MessageId>{});
}

void MessageFacts::showWhy(const Why& why)
{
    m_why->setTone(toneOfWhy(why.code));
    m_why->setText(whyText(why, m_workspace.clock.now(), m_workspace.zone));
    m_form->setRowVisible(m_why, why.code != WhyCode::Over);
}

void MessageFacts::showReplays(const std::vector<MessageId>& replays)
{
    showLinks(m_replays, replays);
}

void MessageFacts::showLinks(QLabel* label, const std::vector<MessageId>& ids)
{
    QStringList links;
    for (const auto& id : ids)
        links << QStringLiteral("<a href=\"%1\" style=\"color: %2\">%1</a>")
                     .arg(toText(id), toneColor(Tone::Waiting, palette()).name());
    label->setText(links.join(QStringLiteral("<br>")));
    m_form->setRowVisible(label, !ids.empty());
}

} // namespace punctual::ui
