// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/payload_editor.h"

#include "core/message_json.h"
#include "ui/common/json_check.h"
#include "ui/common/json_form.h"
#include "ui/common/json_highlighter.h"
#include "ui/common/tone_label.h"
#include "ui/common/verbatim_text.h"
#include "ui/common/wording.h"

#include <QCheckBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>

namespace punctual::ui
{

PayloadEditor::PayloadEditor(QWidget* parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit)
    , m_isJson(new QCheckBox(tr("It is &JSON")))
    , m_note(new ToneLabel(Tone::Neutral))
    , m_layOut(new QPushButton(tr("La&y out")))
    , m_colors(new JsonHighlighter(*m_text))
{
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("Payload"));
    m_text->setPlainText(QStringLiteral("{}"));
    m_isJson->setChecked(true);
    m_layOut->setToolTip(tr("One member a line. What is sent changes with it."));
    m_layOut->setAutoDefault(false);
    m_isJson->setToolTip(tr("Without this the payload is sent as plain text"));
    setFocusPolicy(Qt::StrongFocus); // see FormField
    setFocusProxy(m_text);

    auto* line = new QHBoxLayout;
    line->addWidget(m_note, 1);
    line->addWidget(m_layOut);
    line->addWidget(m_isJson);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_text, 1);
    layout->addLayout(line);
    connect(m_text, &QPlainTextEdit::textChanged, this, &PayloadEditor::check);
    connect(m_isJson, &QCheckBox::toggled, this, &PayloadEditor::check);
    connect(m_layOut, &QPushButton::clicked, this,
            [this] { m_text->setPlainText(QString::fromUtf8(indented(body()))); });
    check();
}

Content PayloadEditor::content() const
{
    return {body(), m_isJson->isChecked() ? QByteArrayLiteral("application/json")
                                          : QByteArrayLiteral("text/plain; charset=utf-8")};
}

void PayloadEditor::setContent(const Content& content)
{
    m_isJson->setChecked(content.type.startsWith("application/json"));
    m_text->setPlainText(QString::fromUtf8(content.body));
    m_given = content.body;
    m_shown = verbatimText(*m_text);
    check();
}

/// After an edit the ends of lines are those of what was given, if those were of one kind.
QByteArray PayloadEditor::body() const
{
    const QString text = verbatimText(*m_text);
    if (text == m_shown)
        return m_given;
    QByteArray edited = text.toUtf8();
    if (m_given.contains("\r\n") && m_given.count('\n') == m_given.count("\r\n"))
        edited.replace('\n', "\r\n");
    return edited;
}

void PayloadEditor::check()
{
    const QByteArray bytes = body();
    const QString text = QString::fromUtf8(bytes);
    const auto size = bytes.size();
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
    m_layOut->setEnabled(m_isJson->isChecked() && m_problem.isEmpty());
    m_colors->setOn(m_isJson->isChecked());
    Q_EMIT changed();
}

} // namespace punctual::ui
