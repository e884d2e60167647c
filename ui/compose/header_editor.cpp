// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/header_editor.h"

#include "ui/common/tone_label.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace punctual::ui
{

HeaderEditor::HeaderEditor(QWidget* parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit)
    , m_note(new ToneLabel(Tone::Neutral))
{
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("Headers"));
    m_text->setPlaceholderText(QStringLiteral("X-Campaign: spring"));
    setFocusPolicy(Qt::StrongFocus); // see FormField
    setFocusProxy(m_text);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_note);
    connect(m_text, &QPlainTextEdit::textChanged, this, &HeaderEditor::check);
    check();
}

std::vector<Header> HeaderEditor::headers() const
{
    std::vector<Header> headers;
    const auto lines = m_text->toPlainText().split(u'\n', Qt::SkipEmptyParts);
    for (const auto& line : lines)
        if (!line.trimmed().isEmpty())
            headers.push_back(
                {line.section(u':', 0, 0).trimmed().toLatin1(), line.section(u':', 1).trimmed().toLatin1()});
    return headers;
}

void HeaderEditor::setHeaders(const std::vector<Header>& headers)
{
    QStringList lines;
    for (const auto& header : headers)
        lines << QString::fromLatin1(header.name + ": " + header.value);
    m_given = lines.join(u'\n');
    m_text->setPlainText(m_given);
}

void HeaderEditor::check()
{
    m_problem.clear();
    const QString text = m_text->toPlainText();
    const auto lines = text == m_given ? QStringList() : text.split(u'\n');
    for (qsizetype i = 0; i < lines.size() && m_problem.isEmpty(); ++i) {
        if (lines[i].trimmed().isEmpty())
            continue;
        if (!lines[i].contains(u':'))
            m_problem = tr("Line %1: the : between name and value is missing.").arg(i + 1);
        else if (const auto problem = problemOfHeader(lines[i].section(u':', 0, 0).trimmed().toUtf8(),
                                                      lines[i].section(u':', 1).trimmed()))
            m_problem = tr("Line %1: it %2.").arg(i + 1).arg(*problem);
    }
    m_note->setTone(m_problem.isEmpty() ? Tone::Neutral : Tone::Bad);
    m_note->setText(m_problem.isEmpty() ? tr("Besides those of the destination, one a line.") : m_problem);
    m_text->setAccessibleDescription(m_note->text());
    Q_EMIT changed();
}

} // namespace punctual::ui
