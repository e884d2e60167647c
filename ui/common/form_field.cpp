// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/form_field.h"

#include "ui/common/tone_label.h"

#include <QVBoxLayout>

namespace punctual::ui
{

FormField::FormField(QWidget* control, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_control(control)
    , m_error(new ToneLabel(Tone::Bad))
{
    control->setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus); // else the mnemonic of a label leads nowhere
    setFocusProxy(control);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(control);
    layout->addWidget(m_error);
    m_error->hide();
}

void FormField::setError(const QString& text)
{
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
    m_control->setAccessibleDescription(text);
}

QString FormField::error() const
{
    return m_error->text();
}

} // namespace punctual::ui
