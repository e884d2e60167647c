// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/resolve_dialog.h"

#include "ui/common/letter_width.h"
#include "ui/common/tone_label.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace punctual::ui
{

ResolveDialog::ResolveDialog(int count, QWidget* parent)
    : QDialog(parent)
    , m_choices(new QButtonGroup(this))
    , m_reason(new QLineEdit)
{
    setWindowTitle(tr("Resolve"));
    auto* layout = new QVBoxLayout(this);
    auto* question =
        new QLabel(tr("%n message(s) left and got no answer. What became of them?", nullptr, count));
    question->setWordWrap(true);
    layout->addWidget(question);
    addChoice(MessageState::Delivered, tr("It &arrived"), tr("Delivered: it is over."));
    addChoice(MessageState::Retrying, tr("It did &not arrive: send it again"),
              tr("Leaves at once, with the same idempotency key."));
    addChoice(MessageState::Dead, tr("It did not arrive and is not &wanted any more"),
              tr("A dead letter: it can be sent again later."));
    m_reason->setPlaceholderText(tr("Their support confirmed it, ticket 4711"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setMaxLength(500);
    auto* form = new QFormLayout;
    form->addRow(tr("&Reason:"), m_reason);
    layout->addLayout(form);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_accept = buttons->addButton(tr("Re&solve"), QDialogButtonBox::AcceptRole);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ResolveDialog::decide);
    connect(buttons, &QDialogButtonBox::rejected, this, &ResolveDialog::reject);
    connect(m_choices, &QButtonGroup::idToggled, this, &ResolveDialog::check);
    connect(m_reason, &QLineEdit::textChanged, this, &ResolveDialog::check);
    setMinimumWidth(letterWidth(fontMetrics()) * 70);
    check();
}

void ResolveDialog::addChoice(MessageState as, const QString& text, const QString& consequence)
{
    auto* choice = new QRadioButton(text);
    choice->setAccessibleDescription(consequence);
    m_choices->addButton(choice, static_cast<int>(as));
    auto* label = new ToneLabel(Tone::Neutral);
    label->setText(consequence);
    label->setContentsMargins(24, 0, 0, 4);
    layout()->addWidget(choice);
    layout()->addWidget(label);
}

/// Somebody reads the audit later: without a reason it would say nothing.
void ResolveDialog::check()
{
    m_accept->setEnabled(m_choices->checkedId() >= 0 && !m_reason->text().trimmed().isEmpty());
    m_accept->setToolTip(m_accept->isEnabled() ? QString()
                                               : tr("Choose what became of it and say how you know."));
}

void ResolveDialog::decide()
{
    Q_EMIT decided(static_cast<MessageState>(m_choices->checkedId()), m_reason->text().trimmed());
    accept();
}

} // namespace punctual::ui
