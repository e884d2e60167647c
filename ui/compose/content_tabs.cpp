// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/content_tabs.h"

#include "ui/common/wording.h"
#include "ui/compose/header_editor.h"
#include "ui/compose/payload_editor.h"

#include <QFontDatabase>
#include <QPlainTextEdit>

namespace punctual::ui
{

ContentTabs::ContentTabs(const Workspace& workspace, QWidget* parent)
    : QTabWidget(parent)
    , m_workspace(workspace)
    , m_payload(new PayloadEditor)
    , m_headers(new HeaderEditor)
    , m_preview(new QPlainTextEdit)
{
    setDocumentMode(true);
    m_preview->setReadOnly(true);
    m_preview->setTabChangesFocus(true);
    m_preview->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_preview->setAccessibleName(tr("Preview of the request"));
    addTab(m_payload, tr("Payload"));
    addTab(m_headers, tr("Headers"));
    addTab(m_preview, tr("Request previe&w"));
    connect(m_payload, &PayloadEditor::changed, this, &ContentTabs::changed);
    connect(m_headers, &HeaderEditor::changed, this, &ContentTabs::changed);
    connect(this, &QTabWidget::currentChanged, this, &ContentTabs::preview);
    setFocusPolicy(Qt::StrongFocus); // see FormField
    setFocusProxy(m_payload);
}

Content ContentTabs::content() const
{
    Content content = m_payload->content();
    content.headers = m_headers->headers();
    return content;
}

void ContentTabs::setPayload(const Content& content)
{
    m_payload->setContent(content);
}

QString ContentTabs::problem() const
{
    return m_payload->problem().isEmpty() ? m_headers->problem() : m_payload->problem();
}

void ContentTabs::showProblem()
{
    QWidget* wrong = m_payload->problem().isEmpty() ? static_cast<QWidget*>(m_headers) : m_payload;
    setCurrentWidget(wrong);
    wrong->setFocus();
}

void ContentTabs::setTarget(const QString& destination, Instant dueAt)
{
    m_destination = destination;
    m_dueAt = dueAt;
    preview();
}

void ContentTabs::preview()
{
    ++m_question;
    if (currentWidget() != m_preview)
        return;
    if (m_destination.isEmpty()) {
        m_preview->setPlainText(tr("Choose a destination first."));
        return;
    }
    m_workspace.client.destination(m_workspace.actor, m_destination, this,
                                   [this, question = m_question](const Result<Destination>& destination) {
                                       if (question != m_question)
                                           return;
                                       // An id is made when the message is stored; this one only shows what
                                       // it looks like.
                                       const RequestOutline request{MessageId(), m_dueAt, 1, content()};
                                       m_preview->setPlainText(destination
                                                                   ? requestText(request, *destination)
                                                                   : errorText(destination.error()));
                                   });
}

} // namespace punctual::ui
