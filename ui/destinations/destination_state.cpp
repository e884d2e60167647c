// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/destinations/destination_state.h"

#include "client/quota_now.h"
#include "ui/common/detail_text.h"
#include "ui/common/form_field.h"
#include "ui/common/icon.h"
#include "ui/common/offer.h"
#include "ui/common/time_text.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"
#include "ui/compose/due_editor.h"
#include "ui/destinations/destination_health.h"

#include <QAction>
#include <QCheckBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

namespace punctual::ui
{

namespace
{

QString withCause(const QString& text, const QString& cause)
{
    return cause.isEmpty() ? text : text + QStringLiteral(": ") + cause;
}

} // namespace

DestinationState::DestinationState(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_limited(new QCheckBox(tr("Goes on b&y itself")))
    , m_until(new DueEditor(workspace.clock, workspace.zone))
    , m_untilField(new FormField(m_until, tr("End of the pause")))
    , m_reason(new QLineEdit)
    , m_pause(new QPushButton(lineIcon(QStringLiteral("pause")), tr("&Pause")))
    , m_resume(new QPushButton(lineIcon(QStringLiteral("resume")), tr("Res&ume")))
    , m_pauseCommand(new QAction(m_pause->icon(), tr("&Pause destination"), this))
    , m_resumeCommand(new QAction(m_resume->icon(), tr("Res&ume destination"), this))
{
    auto* layout = new QHBoxLayout(this);
    layout->addWidget(makeFacts(), 1);
    layout->addWidget(makePause(), 1);
    connect(m_limited, &QCheckBox::toggled, m_untilField, &QWidget::setEnabled);
    connect(m_until, &DueEditor::changed, this, [this] { m_untilField->setError({}); });
    connect(m_pause, &QPushButton::clicked, this, &DestinationState::pause);
    connect(m_resume, &QPushButton::clicked, this, &DestinationState::resume);
    connect(m_pauseCommand, &QAction::triggered, this, &DestinationState::pause);
    connect(m_resumeCommand, &QAction::triggered, this, &DestinationState::resume);
    clear();
}

QWidget* DestinationState::makeFacts()
{
    auto* facts = new QGroupBox(tr("State"));
    auto* rows = new QFormLayout(facts);
    rows->setLabelAlignment(Qt::AlignLeft);
    m_health = addFact(*rows, tr("Health:"));
    m_messages = addFact(*rows, tr("Messages:"));
    m_paused = addFact(*rows, tr("Paused:"));
    m_breaker = addFact(*rows, tr("Breaker:"));
    m_held = addFact(*rows, tr("Held:"));
    m_quota = addFact(*rows, tr("Quota:"));
    m_provider = addFact(*rows, tr("They say:"));
    m_provider->setToolTip(tr("What the third party said last of its own limits"));
    return facts;
}

QLabel* DestinationState::addFact(QFormLayout& rows, const QString& name)
{
    auto* value = new ToneLabel(Tone::Neutral);
    value->setAccessibleName(QString(name).remove(u':'));
    value->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    rows.addRow(name, value);
    return value;
}

QWidget* DestinationState::makePause()
{
    auto* box = new QGroupBox(tr("Pause"));
    auto* rows = new QFormLayout(box);
    m_reason->setAccessibleName(tr("Reason of the pause"));
    m_reason->setPlaceholderText(tr("Their maintenance until noon"));
    m_reason->setMaxLength(500);
    m_untilField->setEnabled(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_pause);
    buttons->addWidget(m_resume);
    rows->addRow(tr("&Reason:"), m_reason);
    rows->addRow(m_limited);
    rows->addRow(m_untilField);
    rows->addRow(buttons);
    return box;
}

void DestinationState::show(const DestinationFigures& figures)
{
    const auto& destination = figures.destination;
    const Instant now = m_workspace.clock.now();
    const auto health = healthOf(figures, now);
    setEnabled(true);
    m_name = destination.name;
    static_cast<ToneLabel*>(m_health)->setTone(health.tone);
    m_health->setText(withCause(health.text, health.detail));
    m_paused->setText(pausedText(destination));
    m_breaker->setText(breakerFact(destination));
    const auto& lane = destination.lane;
    m_held->setText(
        lane.heldUntil && *lane.heldUntil > now
            ? withCause(tr("until %1").arg(timeText(*lane.heldUntil, m_workspace.zone)), lane.heldBecause)
            : tr("no"));
    m_quota->setText(quotaFact(destination));
    m_provider->setText(providerFact(destination));
    QStringList counts;
    for (const auto& [state, count] : figures.messages)
        if (count > 0)
            counts << QStringLiteral("%1 %2").arg(QLocale().toString(count), stateName(state).toLower());
    m_messages->setText(counts.isEmpty() ? tr("none") : counts.join(QStringLiteral(", ")));
    offerCommands(destination.isPaused(now) || (lane.breaker && *lane.breaker != BreakerState::Closed) ||
                  (lane.heldUntil && *lane.heldUntil > now));
}

void DestinationState::offerCommands(bool isHeldUp)
{
    const auto& rights = m_workspace.rights;
    const bool isThere = !m_name.isEmpty();
    // Menus are there on other pages, too, where nobody sees which one is selected.
    m_pauseCommand->setText(isThere ? tr("&Pause %1").arg(m_name) : tr("&Pause destination"));
    m_resumeCommand->setText(isThere ? tr("Res&ume %1").arg(m_name) : tr("Res&ume destination"));
    for (auto* control :
         {static_cast<QWidget*>(m_reason), static_cast<QWidget*>(m_limited), static_cast<QWidget*>(m_pause)})
        offer(*control, rights, Right::PauseDestinations);
    const QString free = tr("Nothing holds it up.");
    const QString none = tr("Select a destination first.");
    offer(*m_resume, rights, Right::PauseDestinations, isHeldUp, free);
    offer(*m_pauseCommand, rights, Right::PauseDestinations, isThere, none);
    offer(*m_resumeCommand, rights, Right::PauseDestinations, isHeldUp, isThere ? free : none);
}

void DestinationState::clear()
{
    m_name.clear();
    setEnabled(false);
    offerCommands(false);
    for (QLabel* fact : {m_health, m_paused, m_breaker, m_held, m_quota, m_provider, m_messages})
        fact->setText(QStringLiteral("–"));
}

QString DestinationState::pausedText(const Destination& destination) const
{
    if (!destination.isPaused(m_workspace.clock.now()))
        return tr("no");
    const auto& pause = *destination.pause;
    const QString until = pause.until ? tr("until %1").arg(timeText(*pause.until, m_workspace.zone))
                                      : tr("until it is resumed");
    return withCause(pause.by.isEmpty() ? until : tr("%1, by %2").arg(until, pause.by), pause.reason);
}

QString DestinationState::breakerFact(const Destination& destination) const
{
    const auto& lane = destination.lane;
    const QString text = breakerText(destination, m_workspace.clock.now());
    const bool isOpen = lane.breakerUntil && *lane.breakerUntil > m_workspace.clock.now();
    return withCause(
        isOpen ? tr("%1, tried again %2").arg(text, timeText(*lane.breakerUntil, m_workspace.zone)) : text,
        lane.breakerCause);
}

QString DestinationState::quotaFact(const Destination& destination) const
{
    const auto quota = quotaNow(destination, m_workspace.clock.now());
    if (!quota)
        return tr("none");
    const QLocale locale;
    const QString use = tr("%1 of %2, new at %3")
                            .arg(locale.toString(quota->used), locale.toString(quota->limit),
                                 timeText(quota->resetsAt, m_workspace.zone));
    return quota->runsOutAt && quota->used < quota->limit
               ? tr("%1; at this pace used up %2")
                     .arg(use, relativeText(*quota->runsOutAt, m_workspace.clock.now()))
               : use;
}

QString DestinationState::providerFact(const Destination& destination) const
{
    const auto& provider = destination.lane.provider;
    const QLocale locale;
    QStringList parts;
    if (provider.limit)
        parts << tr("limit %1").arg(locale.toString(*provider.limit));
    if (provider.remaining)
        parts << tr("%1 left").arg(locale.toString(*provider.remaining));
    if (provider.resetAt)
        parts << tr("new at %1").arg(timeText(*provider.resetAt, m_workspace.zone));
    return parts.isEmpty() ? tr("nothing") : parts.join(QStringLiteral(", "));
}

void DestinationState::pause()
{
    if (m_limited->isChecked() && !m_until->due()) {
        m_untilField->setError(m_until->problem());
        m_untilField->setFocus();
        return;
    }
    std::optional<Instant> until;
    if (m_limited->isChecked()) {
        const auto due = *m_until->due();
        until = std::holds_alternative<Instant>(due) ? std::get<Instant>(due)
                                                     : m_workspace.clock.now() + std::get<Duration>(due);
    }
    Actor actor = m_workspace.actor;
    actor.reason = m_reason->text().trimmed();
    m_pause->setEnabled(false);
    m_workspace.client.pause(
        actor, m_name, until, this, [this, name = m_name](const Result<Destination>& answer) {
            take(answer, tr("%1 is paused. Its messages wait and can be cancelled.").arg(name));
        });
}

void DestinationState::resume()
{
    m_resume->setEnabled(false);
    m_workspace.client.resume(m_workspace.actor, m_name, this,
                              [this, name = m_name](const Result<Destination>& answer) {
                                  take(answer, tr("%1 goes on.").arg(name));
                              });
}

void DestinationState::take(const Result<Destination>& answer, const QString& text)
{
    m_pause->setEnabled(true);
    if (answer) {
        m_reason->clear();
        m_limited->setChecked(false);
    } else {
        for (const auto& wrong : answer.error().fields)
            if (wrong.pointer.endsWith(QStringLiteral("until")))
                m_untilField->setError(detailText(wrong.detail));
    }
    Q_EMIT finished(answer ? text : errorText(answer.error()), answer.has_value());
}

} // namespace punctual::ui
