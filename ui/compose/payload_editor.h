// SPDX-License-Identifier: GPL-3.0-or-later
// The body of a message, checked as it is typed. It is sent as it stands, byte by byte: what was given and
// not touched comes back as it was, although a text field has ends of lines of its own.
#pragma once

#include "core/message.h"

#include <QWidget>

class QCheckBox;
class QPlainTextEdit;
class QPushButton;

namespace punctual::ui
{

class JsonHighlighter;
class ToneLabel;

class PayloadEditor : public QWidget
{
    Q_OBJECT

public:
    explicit PayloadEditor(QWidget* parent = nullptr);

    [[nodiscard]] Content content() const;
    void setContent(const Content& content);
    /// What stands in the way of sending it; empty if nothing does.
    [[nodiscard]] QString problem() const { return m_problem; }

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QByteArray body() const;
    void check();

    QByteArray m_given; // to setContent()
    QString m_shown;    // as the field reads it when nobody has touched it
    QPlainTextEdit* m_text;
    QCheckBox* m_isJson;
    ToneLabel* m_note;
    QPushButton* m_layOut;
    JsonHighlighter* m_colors;
    QString m_problem;
};

} // namespace punctual::ui
