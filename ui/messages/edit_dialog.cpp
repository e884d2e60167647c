// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/edit_dialog.h"

#include "ui/common/letter_width.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"
#include "ui/compose/due_editor.h"
#include "ui/compose/payload_editor.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace punctual::ui
{

EditDialog::EditDialog(const Message& message, const Clock& clock, const QTimeZone& zone, QWidget* parent)
    : QDialog(parent)
    , m_message(message)
    , m_isText(message.content && message.content->body.isValidUtf8())
    , m_due(new DueEditor(clock, zone))
    , m_priority(new QComboBox)
    , m_tags(new QLineEdit(message.tags.join(QStringLiteral(", "))))
    , m_payload(new PayloadEditor)
    , m_problem(new ToneLabel(Tone::Bad))
{
    setWindowTitle(tr("Edit the message"));
    m_due->setInstant(message.dueAt);
    m_shownDue = m_due->shownInstant().value_or(message.dueAt);
    for (const auto priority : allPriorities)
        m_priority->addItem(priorityName(priority), QString(toText(priority)));
    m_priority->setCurrentIndex(m_priority->findData(QString(toText(message.priority))));
    m_priority->setAccessibleName(tr("Priority"));
    m_tags->setAccessibleName(tr("Tags"));
    m_tags->setToolTip(tr("Words to find it by, separated by commas"));
    if (m_isText)
        m_payload->setContent(*message.content);
    m_payload->setEnabled(m_isText);
    m_payload->setToolTip(m_isText ? QString() : tr("Its body is no text and stays as it is."));
    layOut();
    connect(m_due, &DueEditor::changed, this, &EditDialog::check);
    connect(m_payload, &PayloadEditor::changed, this, &EditDialog::check);
    connect(m_priority, &QComboBox::currentIndexChanged, this, &EditDialog::check);
    connect(m_tags, &QLineEdit::textChanged, this, &EditDialog::check);
    check();
}

void EditDialog::layOut()
{
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Due:"), m_due);
    form->addRow(tr("P&riority:"), m_priority);
    form->addRow(tr("Ta&gs:"), m_tags);
    form->addRow(tr("&Payload:"), m_payload);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_save = buttons->addButton(tr("&Save"), QDialogButtonBox::AcceptRole);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form, 1);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    resize(letterWidth(fontMetrics()) * 110, fontMetrics().height() * 30);
    connect(buttons, &QDialogButtonBox::accepted, this, &EditDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &EditDialog::reject);
}

/// A time that nobody touched may be past: a message that is tried again keeps it.
void EditDialog::check()
{
    const bool touched = m_due->shownInstant() != m_shownDue;
    m_problem->setText(touched ? m_due->problem() : QString());
    m_save->setEnabled(m_problem->text().isEmpty() && (!m_isText || m_payload->problem().isEmpty()) &&
                       (!touched || m_due->due()));
}

MessageChange EditDialog::change() const
{
    MessageChange change;
    if (m_due->shownInstant() != m_shownDue)
        change.due = m_due->due();
    const auto priority = parsePriority(m_priority->currentData().toString());
    if (priority && *priority != m_message.priority)
        change.priority = priority;
    if (tagsIn(m_tags->text()) != m_message.tags)
        change.tags = tagsIn(m_tags->text());
    const Content content = m_payload->content();
    if (m_isText && content.body != m_message.content->body) {
        change.body = content.body;
        if (content.type.startsWith("application/json") !=
            m_message.content->type.startsWith("application/json"))
            change.contentType = content.type;
    }
    change.ifUpdatedAt = std::vector{m_message.updatedAt};
    return change;
}

void EditDialog::save()
{
    Q_EMIT changed(change());
    accept();
}

} // namespace punctual::ui
