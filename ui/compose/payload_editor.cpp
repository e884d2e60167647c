// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/payload_editor.h"

#include "core/message_json.h"
#include "ui/common/json_check.h"
#include "ui/common/tone_label.h"
#include "ui/common/wording.h"

#include <QCheckBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QPlainTextEdit>

namespace punctual::ui
{

PayloadEditor::PayloadEditor(QWidget* parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit)
    , m_isJson(new QCheckBox(tr("It is &JSON")))
    , m_note(new ToneLabel(Tone::Neutral))
{
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("Payload"));
    m_text->setPlainText(QStringLiteral("{}"));
    m_isJson->setChecked(true);
    m_isJson->setToolTip(tr("Without this the payload is sent as plain text"));
    setFocusProxy(m_text);

    auto* line = new QHBoxLayout;
    line->addWidget(m_note, 1);
    line->addWidget(m_isJson);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_text, 1);
    layout->addLayout(line);
    connect(m_text, &QPlainTextEdit::textChanged, this, &PayloadEditor::check);
    connect(m_isJson, &QCheckBox::toggled, this, &PayloadEditor::check);
    check();
}

Content PayloadEditor::content() const
{
    return {m_text->toPlainText().toUtf8(), m_isJson->isChecked()
                                                ? QByteArrayLiteral("application/json")
                                                : QByteArrayLiteral("text/plain; charset=utf-8")};
}

void PayloadEditor::check()
{
    const QString text = m_text->toPlainText();
    const auto size = text.toUtf8().size();
    const auto limit = MessageLimits{}.bodyBytes;
    const auto json = m_isJson->isChecked() ? problemOfJson(text) : std::nullopt;
    if (size > limit)
        m_problem = tr("The payload has %1; the limit is %2.").arg(sizeText(size), sizeText(limit));
    else if (m_isJson->isChecked() && text.trimmed().isEmpty())
        m_problem = tr("There is no JSON here yet.");
    else if (json)
        m_problem =
            tr("Not JSON, line %1, column %2: %3.").arg(json->line).arg(json->column).arg(json->reason);
    else
        m_problem.clear();
    m_note->setTone(m_problem.isEmpty() ? Tone::Neutral : Tone::Bad);
    m_note->setText(!m_problem.isEmpty()    ? m_problem
                    : m_isJson->isChecked() ? tr("Valid JSON, %1, sent as it stands.").arg(sizeText(size))
                                            : tr("Plain text, %1, sent as it stands.").arg(sizeText(size)));
    m_text->setAccessibleDescription(m_note->text());
    Q_EMIT changed();
}

} // namespace punctual::ui
