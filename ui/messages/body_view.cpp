// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/body_view.h"

#include "ui/common/json_check.h"
#include "ui/common/json_form.h"
#include "ui/common/json_highlighter.h"
#include "ui/common/wording.h"

#include <QCheckBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>

namespace punctual::ui
{

namespace
{

constexpr int longestHexadecimal = 4096; // bytes

bool isJson(const Content& content)
{
    return content.type.startsWith("application/json") && content.body.isValidUtf8() &&
           !problemOfJson(QString::fromUtf8(content.body));
}

} // namespace

BodyView::BodyView(QWidget* parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit)
    , m_layOut(new QCheckBox(tr("La&y out JSON")))
    , m_summary(new QLabel)
    , m_headers(new QLabel)
    , m_colors(new JsonHighlighter(*m_text))
{
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("Body of the message"));
    m_layOut->setChecked(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_headers->setTextFormat(Qt::PlainText);
    m_headers->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_headers->setAccessibleName(tr("Headers of the message"));
    m_headers->hide();

    auto* line = new QHBoxLayout;
    line->addWidget(m_layOut);
    line->addStretch();
    line->addWidget(m_summary);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(line);
    layout->addWidget(m_headers);
    layout->addWidget(m_text, 1);
    connect(m_layOut, &QCheckBox::toggled, this, &BodyView::showText);
}

void BodyView::show(const Content& content)
{
    if (m_content.body == content.body && m_content.type == content.type &&
        m_content.headers == content.headers && !m_summary->text().isEmpty())
        return; // keeps the scroll position and what is marked
    m_content = content;
    m_layOut->setEnabled(isJson(content));
    m_colors->setOn(m_layOut->isEnabled());
    showHeaders();
    m_summary->setText(
        QStringLiteral("%1, %2").arg(QString::fromUtf8(content.type), sizeText(content.body.size())));
    showText();
}

void BodyView::showHeaders()
{
    QStringList lines;
    const QJsonObject shown = toJson(m_content.headers); // credentials are hidden in it
    for (const auto& name : shown.keys())
        lines << name + QStringLiteral(": ") + shown.value(name).toString();
    m_headers->setText(lines.join(u'\n'));
    m_headers->setVisible(!lines.isEmpty());
}

void BodyView::clear()
{
    m_content = {};
    m_summary->clear();
    m_headers->hide();
    m_text->clear();
}

void BodyView::showText()
{
    const QByteArray& body = m_content.body;
    if (!body.isValidUtf8())
        m_text->setPlainText(QString::fromLatin1(body.left(longestHexadecimal).toHex(' ')));
    else if (m_layOut->isChecked() && m_layOut->isEnabled())
        m_text->setPlainText(QString::fromUtf8(indented(body)));
    else
        m_text->setPlainText(QString::fromUtf8(body));
}

} // namespace punctual::ui
