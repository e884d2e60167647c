// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/operation_panel.h"

#include "ui/common/dialogs.h"
#include "ui/common/offer.h"
#include "ui/common/time_text.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"
#include "ui/operations/operation_text.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

namespace punctual::ui
{

namespace
{

bool canBeUndone(const Operation& operation)
{
    return operation.state != OperationState::Running && !operation.undoOf && operation.done > 0 &&
           (operation.action == OperationAction::Cancel || operation.action == OperationAction::Replay);
}

} // namespace

OperationPanel::OperationPanel(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_title(new QLabel)
    , m_progress(new QProgressBar)
    , m_state(new ToneLabel(Tone::Neutral))
    , m_verdicts(new QLabel)
    , m_origin(new QLabel)
    , m_problem(new ToneLabel(Tone::Bad))
    , m_abort(new QPushButton(tr("A&bort")))
    , m_undo(new QPushButton(tr("&Undo")))
{
    layOut();
    connect(m_abort, &QPushButton::clicked, this, &OperationPanel::abort);
    connect(m_undo, &QPushButton::clicked, this, &OperationPanel::askForUndo);
    connect(&workspace.rights, &Rights::changed, this, &OperationPanel::offerCommands);
    offerCommands();
    clear();
}

void OperationPanel::offerCommands()
{
    for (auto* command : {m_abort, m_undo})
        offer(*command, m_workspace.rights, Right::RunOperations);
}

void OperationPanel::layOut()
{
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setAccessibleName(tr("Operation"));
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setRange(0, 1000); // counts may be larger than an int
    m_state->setAccessibleName(tr("State of the operation"));
    m_verdicts->setAccessibleName(tr("Result so far"));
    m_origin->setAccessibleName(tr("Who and why"));
    m_problem->setAccessibleName(tr("What stopped it"));
    for (auto* label : {m_title, m_verdicts, m_origin, static_cast<QLabel*>(m_problem)}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_abort->setToolTip(tr("Ends it; what it did so far stays"));
    m_undo->setToolTip(
        tr("Restores what was cancelled and is not due yet, or cancels what was scheduled again "
           "and has not left yet"));
    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_abort);
    top->addWidget(m_undo);
    auto* middle = new QHBoxLayout;
    middle->addWidget(m_progress, 1);
    middle->addWidget(m_state);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addLayout(middle);
    for (QLabel* label : {m_verdicts, static_cast<QLabel*>(m_problem), m_origin})
        layout->addWidget(label);
}

void OperationPanel::clear()
{
    m_operation.reset();
    hide();
}

void OperationPanel::show(const Operation& operation)
{
    if (m_operation && m_operation->id != operation.id)
        m_error.clear();
    m_operation = operation;
    const QString options = optionsText(operation.options, m_workspace.zone);
    const QString about = operation.undoOf ? tr("what the other operation changed")
                                           : filterText(operation.filter, m_workspace.zone);
    m_title->setText(actionText(operation) + QStringLiteral(": ") + about +
                     (options.isEmpty() ? QString() : QStringLiteral(" – ") + options));
    m_progress->setValue(static_cast<int>(progressOf(operation) * 1000));
    m_progress->setFormat(progressText(operation));
    m_state->setTone(toneOf(operation.state));
    m_state->setText(stateName(operation.state));
    m_state->setWordWrap(false);
    const QString verdicts = verdictsText(operation);
    m_verdicts->setText(!verdicts.isEmpty() ? verdicts
                        : operation.total == 0
                            ? tr("No message fitted.")
                            : tr("Waiting for a node to begin. Without one nothing happens."));
    m_origin->setText(originText(operation));
    m_origin->setToolTip(timeToolTip(operation.createdAt, m_workspace.zone));
    m_problem->setText(problemText(operation));
    m_problem->setVisible(!m_problem->text().isEmpty());
    m_abort->setVisible(operation.state == OperationState::Running);
    m_undo->setVisible(canBeUndone(operation));
    QWidget::show();
}

QString OperationPanel::originText(const Operation& operation) const
{
    const QString who =
        tr("Started %1 by %2 (%3).")
            .arg(timeText(std::chrono::floor<std::chrono::seconds>(operation.createdAt), m_workspace.zone),
                 operation.actor, operation.origin);
    return operation.reason.isEmpty() ? who : who + u' ' + tr("Why: %1").arg(operation.reason);
}

QString OperationPanel::problemText(const Operation& operation) const
{
    if (!m_error.isEmpty())
        return m_error;
    if (operation.state == OperationState::Stopped)
        return tr("It stopped by itself: %1").arg(operation.stoppedBecause);
    if (operation.state == OperationState::Running && !operation.lastError.isEmpty())
        return tr("It is tried again: %1").arg(operation.lastError);
    return {};
}

void OperationPanel::abort()
{
    if (!m_operation || m_isAsking)
        return;
    m_isAsking = true;
    m_workspace.client.abortOperation(m_workspace.actor, m_operation->id, this,
                                      [this](const Result<Operation>& answer) { take(answer); });
}

void OperationPanel::askForUndo()
{
    if (!m_operation)
        return;
    const QString text = m_operation->action == OperationAction::Cancel
                             ? tr("Restore what was cancelled? What was due meanwhile stays cancelled.")
                             : tr("Cancel what was scheduled again? What has left meanwhile stays sent.");
    m_workspace.dialogs.ask(window(), {tr("Undo the operation"), text, tr("Undo"), tr("Leave it")},
                            [this, id = m_operation->id] { undo(id); });
}

void OperationPanel::undo(const QUuid& id)
{
    if (m_isAsking)
        return;
    m_isAsking = true;
    m_workspace.client.undoOperation(m_workspace.actor, id, this,
                                     [this](const Result<Operation>& answer) { take(answer); });
}

void OperationPanel::take(const Result<Operation>& answer)
{
    m_isAsking = false;
    m_error = answer ? QString() : errorText(answer.error());
    if (answer) {
        show(*answer);
        Q_EMIT changed(*answer);
    } else if (m_operation) {
        show(*m_operation);
    }
}

} // namespace punctual::ui
