// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dead_letters/range_dialog.h"

#include "ui/common/destination_combo.h"
#include "ui/common/reading_edit.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

RangeDialog::RangeDialog(const Workspace& workspace, const QString& destination, QWidget* parent)
    : QDialog(parent)
    , m_workspace(workspace)
    , m_destination(new DestinationCombo(workspace, tr("All destinations")))
    , m_by(new QComboBox)
    , m_from(new ReadingEdit(workspace.zone, workspace.clock.now() - 1h, tr("From")))
    , m_until(new ReadingEdit(workspace.zone, workspace.clock.now(), tr("Until")))
    , m_problem(new ToneLabel(Tone::Warning))
    , m_preview(new QPushButton(tr("&Preview…")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Send a time range again"));
    m_destination->setAccessibleName(tr("Destination of the range"));
    if (!destination.isEmpty())
        m_destination->setDestination(destination);
    m_by->setAccessibleName(tr("What counts"));
    m_by->addItems({tr("When it was due"), tr("When an attempt ended")});
    layOut();
    for (auto* reading : {m_from, m_until})
        connect(reading, &QDateTimeEdit::dateTimeChanged, this, &RangeDialog::check);
    for (const auto& [state, box] : m_states)
        connect(box, &QCheckBox::toggled, this, &RangeDialog::check);
    connect(m_preview, &QPushButton::clicked, this, &RangeDialog::choose);
    check();
}

void RangeDialog::layOut()
{
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(tr("&Destination:"), m_destination);
    form->addRow(tr("&What counts:"), m_by);
    form->addRow(tr("&From:"), m_from);
    form->addRow(tr("&Before:"), m_until);
    form->addRow(tr("Time zone:"), new QLabel(QString::fromLatin1(m_workspace.zone.id())));
    auto* states = new QHBoxLayout;
    for (const auto state :
         {MessageState::Delivered, MessageState::Dead, MessageState::Expired, MessageState::Cancelled}) {
        auto* box = new QCheckBox(stateName(state));
        box->setChecked(state != MessageState::Cancelled); // somebody wanted those not to be sent
        states->addWidget(box);
        m_states.emplace_back(state, box);
    }
    states->addStretch();
    form->addRow(tr("What became of them:"), states);
    m_problem->setAccessibleName(tr("Problem"));
    m_preview->setDefault(true);
    auto* close = new QPushButton(tr("&Cancel"));
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(m_preview, QDialogButtonBox::ActionRole);
    buttons->addButton(close, QDialogButtonBox::RejectRole);
    auto* layout = new QVBoxLayout(this);
    auto* what =
        new QLabel(tr("Everything to this API in this time is scheduled again, as new messages. You see how "
                      "many before anything happens."));
    what->setWordWrap(true);
    layout->addWidget(what);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addStretch();
    layout->addWidget(buttons);
}

MessageFilter RangeDialog::filter() const
{
    MessageFilter filter{.destination = m_destination->destination()};
    for (const auto& [state, box] : m_states)
        if (box->isChecked())
            filter.states.push_back(state);
    // A reading that happens twice means the wider range.
    const bool isByAttempts = m_by->currentIndex() == 1;
    (isByAttempts ? filter.attemptedAfter : filter.dueAfter) = m_from->earliest();
    (isByAttempts ? filter.attemptedBefore : filter.dueBefore) = m_until->latest();
    return filter;
}

QString RangeDialog::problem() const
{
    const auto from = m_from->earliest();
    const auto until = m_until->latest();
    if (!from || !until)
        return tr("This time does not exist in %1: the clocks are put forward over it.")
            .arg(QString::fromLatin1(m_workspace.zone.id()));
    if (*from >= *until)
        return tr("The range ends before it begins.");
    return filter().states.empty() ? tr("Choose at least one of the four.") : QString();
}

void RangeDialog::check()
{
    m_problem->setText(problem());
    m_preview->setEnabled(m_problem->text().isEmpty());
}

void RangeDialog::choose()
{
    Q_EMIT chosen(filter());
    close();
}

} // namespace punctual::ui
