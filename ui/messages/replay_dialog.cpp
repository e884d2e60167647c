// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/replay_dialog.h"

#include "ui/common/destination_combo.h"
#include "ui/common/letter_width.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"
#include "ui/compose/due_editor.h"
#include "ui/compose/forecast_advice.h"
#include "ui/compose/header_editor.h"
#include "ui/compose/payload_editor.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QTabWidget>

#include <algorithm>

namespace punctual::ui
{

namespace
{

/// The values of credentials do not leave the database: their mark stands for them.
std::vector<Header> shownHeaders(std::vector<Header> headers)
{
    for (auto& header : headers)
        if (isSecretHeader(header.name))
            header.value = hiddenValue.data();
    return headers;
}

bool areSameHeaders(const std::vector<Header>& some, const std::vector<Header>& others)
{
    return std::equal(some.begin(), some.end(), others.begin(), others.end(),
                      [](const Header& one, const Header& other) {
                          return one.name == other.name && one.value == other.value;
                      });
}

} // namespace

ReplayDialog::ReplayDialog(const Workspace& workspace, const Message& message, QWidget* parent)
    : QDialog(parent)
    , m_workspace(workspace)
    , m_message(message)
    , m_isText(message.content && message.content->body.isValidUtf8())
    , m_destination(new DestinationCombo(workspace, QString()))
    , m_due(new DueEditor(workspace.clock, workspace.zone))
    , m_advice(new ForecastAdvice(workspace))
    , m_payload(new PayloadEditor)
    , m_headers(new HeaderEditor)
    , m_note(new ToneLabel(Tone::Neutral))
    , m_problem(new ToneLabel(Tone::Bad))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Edit and send again"));
    m_destination->setDestination(message.destination);
    m_destination->setAccessibleName(tr("Send it to"));
    m_due->setSpan(Duration{});
    if (m_isText)
        m_payload->setContent(*message.content);
    m_payload->setEnabled(m_isText);
    m_payload->setToolTip(m_isText ? QString() : tr("Its body is no text and stays as it is."));
    m_headers->setHeaders(shownHeaders(message.content.value_or(Content{}).headers));
    m_shownHeaders = m_headers->headers();
    m_note->setAccessibleName(tr("What becomes of credentials"));
    m_problem->setAccessibleName(tr("Problem"));
    layOut();
    connect(m_destination, &QComboBox::currentIndexChanged, this, &ReplayDialog::check);
    connect(m_due, &DueEditor::changed, this, &ReplayDialog::check);
    connect(m_payload, &PayloadEditor::changed, this, &ReplayDialog::check);
    connect(m_headers, &HeaderEditor::changed, this, &ReplayDialog::check);
    check();
}

void ReplayDialog::layOut()
{
    auto* content = new QTabWidget;
    content->setDocumentMode(true);
    content->addTab(m_payload, tr("Paylo&ad"));
    content->addTab(m_headers, tr("&Headers"));
    auto* due = new QVBoxLayout;
    due->setSpacing(2);
    due->addWidget(m_due);
    due->addWidget(m_advice);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Send t&o:"), m_destination);
    form->addRow(tr("Due:"), due);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_send = buttons->addButton(tr("&Send again"), QDialogButtonBox::AcceptRole);
    auto* what = new QLabel(tr("A new message with this content; the old one stays in the history as it is. "
                               "The third party takes it for a new one."));
    what->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(what);
    layout->addLayout(form);
    layout->addWidget(content, 1);
    layout->addWidget(m_note);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    resize(letterWidth(fontMetrics()) * 110, fontMetrics().height() * 34);
    connect(buttons, &QDialogButtonBox::accepted, this, &ReplayDialog::send);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
}

bool ReplayDialog::leavesDestination() const
{
    return m_destination->destination() != m_message.destination;
}

bool ReplayDialog::hasOwnHeaders() const
{
    return !areSameHeaders(m_headers->headers(), m_shownHeaders);
}

QString ReplayDialog::problem() const
{
    if (m_destination->destination().isEmpty())
        return tr("Choose a destination.");
    if (!m_due->problem().isEmpty())
        return m_due->problem();
    const auto headers = m_headers->headers();
    const auto hidden = std::find_if(headers.begin(), headers.end(),
                                     [](const Header& header) { return header.value == hiddenValue.data(); });
    if (hasOwnHeaders() && hidden != headers.end())
        return tr("The value of %1 is not known here. With other headers, type it anew or take the line out.")
            .arg(QString::fromLatin1(hidden->name));
    if ((m_isText && !m_payload->problem().isEmpty()) || !m_headers->problem().isEmpty())
        return tr("See what is said below the payload and the headers.");
    return {};
}

void ReplayDialog::check()
{
    const bool hasSecrets = std::any_of(m_shownHeaders.begin(), m_shownHeaders.end(),
                                        [](const Header& header) { return isSecretHeader(header.name); });
    m_note->setText(hasSecrets && leavesDestination() && !hasOwnHeaders()
                        ? tr("Its credentials are for %1: they are not sent to another destination.")
                              .arg(m_message.destination)
                        : QString());
    m_note->setVisible(!m_note->text().isEmpty());
    m_problem->setText(problem());
    m_send->setEnabled(m_problem->text().isEmpty());
    m_advice->show(m_destination->destination(), m_due->expected());
}

ReplayChange ReplayDialog::change() const
{
    ReplayChange change;
    if (leavesDestination())
        change.destination = m_destination->destination();
    change.due = m_due->due().value_or(Duration{});
    if (hasOwnHeaders())
        change.headers = m_headers->headers();
    const Content content = m_payload->content();
    if (m_isText && content.body != m_message.content->body)
        change.body = content.body;
    // A type that was said more exactly, as with a charset, stays.
    if (m_isText &&
        content.type.startsWith("application/json") != m_message.content->type.startsWith("application/json"))
        change.contentType = content.type;
    return change;
}

void ReplayDialog::send()
{
    Q_EMIT chosen(change());
    close();
}

} // namespace punctual::ui
