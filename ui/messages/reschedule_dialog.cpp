// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/reschedule_dialog.h"

#include "ui/common/tone_label.h"
#include "ui/compose/due_editor.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace punctual::ui
{

RescheduleDialog::RescheduleDialog(int count, Instant dueAt, const Clock& clock, const QTimeZone& zone,
                                   QWidget* parent)
    : QDialog(parent)
    , m_clock(clock)
    , m_due(new DueEditor(clock, zone))
    , m_problem(new ToneLabel(Tone::Bad))
{
    setWindowTitle(tr("Reschedule"));
    m_due->setInstant(dueAt);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_accept = buttons->addButton(tr("Re&schedule"), QDialogButtonBox::AcceptRole);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(new QLabel(tr("When are %n message(s) to leave?", nullptr, count)));
    layout->addWidget(m_due);
    layout->addWidget(m_problem);
    layout->addStretch();
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &RescheduleDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &RescheduleDialog::reject);
    connect(m_due, &DueEditor::changed, this, &RescheduleDialog::check);
    check();
}

void RescheduleDialog::check()
{
    m_problem->setText(m_due->problem());
    m_accept->setEnabled(m_due->due().has_value());
}

void RescheduleDialog::choose()
{
    const auto due = m_due->due();
    if (!due)
        return; // it became past while the dialog was open
    const auto* delay = std::get_if<Duration>(&*due);
    Q_EMIT chosen(delay != nullptr ? m_clock.now() + *delay : std::get<Instant>(*due));
    accept();
}

} // namespace punctual::ui
