// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/operation_options.h"

#include "ui/common/destination_combo.h"
#include "ui/common/time_text.h"
#include "ui/compose/due_editor.h"
#include "ui/compose/span_edit.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QRadioButton>
#include <QSpinBox>

namespace punctual::ui
{

OperationOptions::OperationOptions(const Workspace& workspace, const NewOperation& wanted, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_wanted(wanted)
{
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    if (wanted.action == OperationAction::Replay)
        addReplay(*form);
    if (wanted.action == OperationAction::Reschedule)
        addReschedule(*form);
    if (wanted.action == OperationAction::Resolve)
        addResolve(*form);
    addPace(*form);
    takeMode();
}

void OperationOptions::addReplay(QFormLayout& form)
{
    m_canary = new QCheckBox(tr("&Canary: first 1, then 10, then the rest"));
    m_canary->setToolTip(
        tr("Each step waits for the one before it, and it stops by itself when the same failure "
           "returns"));
    m_canary->setChecked(m_wanted.canary);
    form.addRow(tr("Carefully:"), m_canary);
    connect(m_canary, &QCheckBox::toggled, this, &OperationOptions::changed);
    m_destination = new DestinationCombo(m_workspace, tr("Each to its own"));
    m_destination->setAccessibleName(tr("Send to"));
    if (!m_wanted.destination.isEmpty())
        m_destination->setDestination(m_wanted.destination);
    form.addRow(tr("Send t&o:"), m_destination);
    connect(m_destination, &QComboBox::currentIndexChanged, this, &OperationOptions::changed);
    addSpread(form);
}

void OperationOptions::addReschedule(QFormLayout& form)
{
    if (m_wanted.dueAt) {
        m_given = new QRadioButton(tr("&From %1 on").arg(timeText(*m_wanted.dueAt, m_workspace.zone)));
        m_given->setToolTip(timeToolTip(*m_wanted.dueAt, m_workspace.zone));
        form.addRow(m_given);
        connect(m_given, &QRadioButton::toggled, this, &OperationOptions::takeMode);
    }
    m_shift = new QRadioButton(tr("&Move each by"));
    m_shiftBy = new SpanEdit;
    m_shiftBy->setText(QStringLiteral("1h"));
    m_shiftBy->setAccessibleName(tr("Move each by"));
    m_direction = new QComboBox;
    m_direction->addItems({tr("later"), tr("earlier")});
    m_direction->setAccessibleName(tr("Later or earlier"));
    auto* shift = new QWidget;
    auto* shiftLayout = new QHBoxLayout(shift);
    shiftLayout->setContentsMargins(0, 0, 0, 0);
    shiftLayout->addWidget(m_shiftBy);
    shiftLayout->addWidget(m_direction);
    form.addRow(m_shift, shift);
    m_other = new QRadioButton(tr("All to a&nother time"));
    m_due = new DueEditor(m_workspace.clock, m_workspace.zone);
    form.addRow(m_other, m_due);
    addSpread(form);
    (m_given != nullptr ? m_given : m_shift)->setChecked(true);
    for (auto* radio : {m_shift, m_other})
        connect(radio, &QRadioButton::toggled, this, &OperationOptions::takeMode);
    connect(m_shiftBy, &QLineEdit::textChanged, this, &OperationOptions::changed);
    connect(m_direction, &QComboBox::currentIndexChanged, this, &OperationOptions::changed);
    connect(m_due, &DueEditor::changed, this, &OperationOptions::changed);
}

void OperationOptions::addResolve(QFormLayout& form)
{
    m_as = new QComboBox;
    m_as->addItem(tr("They arrived: delivered"), QString(toText(MessageState::Delivered)));
    m_as->addItem(tr("They did not arrive: send them now"), QString(toText(MessageState::Retrying)));
    m_as->addItem(tr("Give them up: dead"), QString(toText(MessageState::Dead)));
    m_as->setAccessibleName(tr("What became of them"));
    if (m_wanted.as)
        m_as->setCurrentIndex(m_as->findData(QString(toText(*m_wanted.as))));
    form.addRow(tr("&What became of them:"), m_as);
    connect(m_as, &QComboBox::currentIndexChanged, this, &OperationOptions::changed);
}

void OperationOptions::addSpread(QFormLayout& form)
{
    m_spread = new SpanEdit;
    m_spread->setText(m_wanted.spread ? punctual::toText(*m_wanted.spread) : QString());
    m_spread->setAccessibleName(tr("Spread over"));
    m_spread->setPlaceholderText(tr("not at all"));
    form.addRow(tr("Spre&ad over:"), m_spread);
    connect(m_spread, &QLineEdit::textChanged, this, &OperationOptions::changed);
}

void OperationOptions::addPace(QFormLayout& form)
{
    m_pace = new QSpinBox;
    m_pace->setRange(0, 100'000);
    m_pace->setSpecialValueText(tr("as fast as it goes"));
    m_pace->setSuffix(tr(" a second at most"));
    m_pace->setAccessibleName(tr("Pace"));
    m_pace->setValue(m_wanted.perSecond.value_or(0));
    form.addRow(tr("&Pace:"), m_pace);
    connect(m_pace, &QSpinBox::valueChanged, this, &OperationOptions::changed);
}

bool OperationOptions::movesByShift() const
{
    return m_shift != nullptr && m_shift->isChecked();
}

void OperationOptions::takeMode()
{
    if (m_shift != nullptr) {
        m_shiftBy->setEnabled(movesByShift());
        m_direction->setEnabled(movesByShift());
        m_due->setEnabled(m_other->isChecked());
        m_spread->setEnabled(!movesByShift());
    }
    Q_EMIT changed();
}

std::optional<Duration> OperationOptions::spread() const
{
    if (m_spread == nullptr || movesByShift() || m_spread->text().trimmed().isEmpty())
        return std::nullopt;
    return m_spread->span();
}

QString OperationOptions::problem() const
{
    const bool wantsSpread = m_spread != nullptr && !movesByShift() && !m_spread->text().trimmed().isEmpty();
    if ((wantsSpread && !m_spread->span()) || (movesByShift() && !m_shiftBy->span()))
        return tr("Give a span such as 5s, 1h30m or 10d.");
    return m_other != nullptr && m_other->isChecked() ? m_due->problem() : QString();
}

NewOperation OperationOptions::operation() const
{
    NewOperation operation = m_wanted;
    operation.perSecond = m_pace->value() > 0 ? std::optional(m_pace->value()) : std::nullopt;
    operation.spread = spread();
    if (m_canary != nullptr) {
        operation.canary = m_canary->isChecked();
        operation.destination = m_destination->destination();
    }
    if (m_as != nullptr)
        operation.as = parseMessageState(m_as->currentData().toString());
    if (m_shift != nullptr)
        setDue(operation);
    return operation;
}

void OperationOptions::setDue(NewOperation& operation) const
{
    if (m_given != nullptr && m_given->isChecked())
        return;
    operation.dueAt.reset();
    if (movesByShift()) {
        const Duration by = m_shiftBy->span().value_or(Duration{});
        operation.shift = m_direction->currentIndex() == 0 ? by : -by;
        return;
    }
    const auto due = m_due->due();
    if (!due)
        return; // problem() says why
    if (const auto* at = std::get_if<Instant>(&*due))
        operation.dueAt = *at;
    else
        operation.delay = std::get<Duration>(*due);
}

} // namespace punctual::ui
