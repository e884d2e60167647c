// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/bulk_dialog.h"

#include "ui/common/letter_width.h"
#include "ui/common/refresher.h"
#include "ui/common/table_look.h"
#include "ui/common/time_text.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"
#include "ui/operations/load_advice.h"
#include "ui/operations/operation_options.h"
#include "ui/operations/operation_panel.h"
#include "ui/operations/operation_text.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTableView>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

QString startText(OperationAction action, int count)
{
    switch (action) {
    case OperationAction::Cancel:
        return BulkDialog::tr("&Cancel %Ln message(s)", nullptr, count);
    case OperationAction::Replay:
        return BulkDialog::tr("&Send %Ln message(s) again", nullptr, count);
    case OperationAction::Reschedule:
        return BulkDialog::tr("&Reschedule %Ln message(s)", nullptr, count);
    case OperationAction::Resolve:
        return BulkDialog::tr("&Resolve %Ln message(s)", nullptr, count);
    case OperationAction::Restore:
        return BulkDialog::tr("&Restore %Ln message(s)", nullptr, count);
    }
    Q_UNREACHABLE();
}

} // namespace

BulkDialog::BulkDialog(const Workspace& workspace, const NewOperation& wanted, QWidget* parent)
    : QDialog(parent)
    , m_workspace(workspace)
    , m_wanted(wanted)
    , m_sample(workspace.zone)
    , m_options(new OperationOptions(workspace, wanted))
    , m_summary(new ToneLabel(Tone::Neutral))
    , m_load(new LoadAdvice(workspace))
    , m_table(new QTableView)
    , m_reason(new QLineEdit)
    , m_preparation(makePreview())
    , m_panel(new OperationPanel(workspace))
    , m_start(new QPushButton)
    , m_close(new QPushButton(tr("C&lose")))
    , m_refresher(new Refresher(*this, 500ms, [this] { ask(); }))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("%1: all that match").arg(actionName(wanted.action)));
    m_wanted.all = wanted.filter == MessageFilter{};
    layOut();
    m_pause.setSingleShot(true);
    m_pause.setInterval(250ms);
    connect(&m_pause, &QTimer::timeout, this, &BulkDialog::askForPreview);
    connect(m_options, &OperationOptions::changed, this, [this] {
        ++m_questionNumber; // an answer to the open question is none to this one
        m_count.reset();
        m_hasChanged = false;
        showCount();
        m_load->clear();
        m_pause.start();
    });
    connect(m_start, &QPushButton::clicked, this, &BulkDialog::start);
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_panel, &OperationPanel::changed, this, &BulkDialog::follow);
    showCount();
    askForPreview();
}

void BulkDialog::layOut()
{
    auto* about = new QLabel(actionName(m_wanted.action) + QStringLiteral(": ") +
                             filterText(m_wanted.filter, m_workspace.zone));
    about->setTextFormat(Qt::PlainText);
    about->setWordWrap(true);
    about->setAccessibleName(tr("What it is about"));
    QFont bold = font();
    bold.setBold(true);
    about->setFont(bold);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(m_start, QDialogButtonBox::ActionRole);
    buttons->addButton(m_close, QDialogButtonBox::RejectRole);
    m_start->setAutoDefault(false); // Enter in a field is no consent
    m_close->setAutoDefault(false);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(about);
    layout->addWidget(m_preparation, 1);
    layout->addWidget(m_panel);
    layout->addWidget(buttons);
    resize(letterWidth(fontMetrics()) * 120, fontMetrics().height() * 32);
}

QWidget* BulkDialog::makePreview()
{
    m_summary->setAccessibleName(tr("Preview"));
    m_table->setModel(&m_sample);
    m_table->setAccessibleName(tr("The first of the messages"));
    makeDense(*m_table, {34, 12, 16, 16, 22});
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(tr("Why: the audit keeps it"));
    m_reason->setMaxLength(500);
    auto* form = new QFormLayout;
    form->addRow(tr("R&eason:"), m_reason);
    auto* preparation = new QWidget;
    auto* layout = new QVBoxLayout(preparation);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_options);
    layout->addWidget(m_summary);
    layout->addWidget(m_load);
    layout->addWidget(m_table, 1);
    layout->addLayout(form);
    return preparation;
}

void BulkDialog::askForPreview()
{
    const int number = ++m_questionNumber;
    if (!m_options->problem().isEmpty())
        return; // showCount() has said it
    NewOperation wanted = m_options->operation();
    wanted.all = m_wanted.all;
    m_workspace.client.previewOperation(m_workspace.actor, wanted, this,
                                        [this, number](const Result<OperationPreview>& answer) {
                                            if (number == m_questionNumber)
                                                takePreview(answer);
                                        });
}

void BulkDialog::takePreview(const Result<OperationPreview>& answer)
{
    if (!answer) {
        m_summary->setTone(Tone::Bad);
        m_summary->setText(errorText(answer.error()));
        return;
    }
    m_count = answer->count;
    m_sample.show(answer->sample);
    m_load->show(m_options->operation(), answer->count);
    showCount();
}

void BulkDialog::showCount()
{
    const QString problem = m_options->problem();
    const auto count = static_cast<int>(std::min<qint64>(m_count.value_or(0), INT_MAX));
    m_start->setEnabled(problem.isEmpty() && count > 0);
    m_start->setText(startText(m_wanted.action, count));
    m_summary->setTone(problem.isEmpty() ? Tone::Neutral : Tone::Warning);
    if (!problem.isEmpty()) {
        m_summary->setText(problem);
        return;
    }
    if (!m_count) {
        m_summary->setText(tr("Counting…"));
        m_start->setText(actionName(m_wanted.action));
        return;
    }
    QString text = count == 0 ? tr("No message fits now.")
                              : tr("%Ln message(s) fit now. The first of them:", nullptr, count);
    if (const auto pace = m_options->operation().perSecond; pace && count > 0)
        text += u' ' + tr("(At this pace it takes about %1.)")
                           .arg(spanText(std::chrono::seconds(std::max<qint64>(1, *m_count / *pace))));
    if (m_hasChanged) {
        m_summary->setTone(Tone::Warning);
        text = tr("Nothing was started: other messages match than a moment ago.") + u' ' + text;
    }
    m_summary->setText(text);
}

void BulkDialog::start()
{
    Actor actor = m_workspace.actor;
    actor.reason = m_reason->text().trimmed();
    NewOperation wanted = m_options->operation();
    wanted.all = m_wanted.all;
    wanted.expectedCount = m_count; // what is done is what was shown
    m_hasChanged = false;
    m_preparation->setEnabled(false);
    m_start->setEnabled(false);
    m_workspace.client.startOperation(actor, wanted, this,
                                      [this](const Result<Operation>& answer) { takeStarted(answer); });
}

void BulkDialog::takeStarted(const Result<Operation>& answer)
{
    if (!answer) {
        m_preparation->setEnabled(true);
        m_hasChanged = matchingNow(answer.error()).has_value();
        if (m_hasChanged) {
            m_count.reset();
            showCount();
            return askForPreview();
        }
        showCount();
        m_summary->setTone(Tone::Bad);
        m_summary->setText(errorText(answer.error()));
        return;
    }
    m_preparation->hide();
    m_start->hide();
    static_cast<QVBoxLayout*>(layout())->addStretch(); // it stays above, whatever the size
    follow(*answer);
    m_close->setFocus();
}

void BulkDialog::follow(const Operation& operation)
{
    m_operation = operation;
    m_panel->show(operation);
    Q_EMIT progressed();
    m_refresher->refresh();
}

void BulkDialog::ask()
{
    if (!m_operation || m_operation->state != OperationState::Running) {
        m_refresher->answered();
        return;
    }
    m_workspace.client.operation(m_workspace.actor, m_operation->id, this,
                                 [this](const Result<Operation>& answer) {
                                     m_refresher->answered();
                                     if (!answer || answer->id != m_operation->id)
                                         return; // the status bar says that the database is away
                                     m_operation = *answer;
                                     m_panel->show(*answer);
                                     if (answer->state != OperationState::Running)
                                         Q_EMIT progressed();
                                 });
}

} // namespace punctual::ui
