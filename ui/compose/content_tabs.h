// SPDX-License-Identifier: GPL-3.0-or-later
// What a message carries: its payload and headers, and a preview of the request that the third party gets.
#pragma once

#include "ui/common/request_text.h"
#include "ui/common/workspace.h"

#include <QTabWidget>

#include <functional>

class QPlainTextEdit;

namespace punctual::ui
{

class HeaderEditor;
class PayloadEditor;

class ContentTabs : public QTabWidget
{
    Q_OBJECT

public:
    explicit ContentTabs(const Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] Content content() const;
    void setPayload(const Content& content);
    /// What stands in the way of sending it; empty if nothing does.
    [[nodiscard]] QString problem() const;
    /// Puts the keyboard to what is wrong.
    void showProblem();

    /// For the preview: the message goes to this destination at this time.
    void setTarget(const QString& destination, Instant dueAt);

Q_SIGNALS:
    void changed();

private:
    void preview();

    const Workspace& m_workspace;
    PayloadEditor* m_payload;
    HeaderEditor* m_headers;
    QPlainTextEdit* m_preview;
    QString m_destination;
    Instant m_dueAt;
    quint64 m_question = 0; // answers to older ones are dropped
};

} // namespace punctual::ui
