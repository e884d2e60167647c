// SPDX-License-Identifier: GPL-3.0-or-later
// Headers of a message, one a line as HTTP writes them, checked as they are typed.
#pragma once

#include "core/header.h"

#include <QWidget>

class QPlainTextEdit;

namespace punctual::ui
{

class ToneLabel;

class HeaderEditor : public QWidget
{
    Q_OBJECT

public:
    explicit HeaderEditor(QWidget* parent = nullptr);

    [[nodiscard]] std::vector<Header> headers() const;
    /// As long as nobody changes them, marks of hidden values are no problem: those values are kept
    /// elsewhere.
    void setHeaders(const std::vector<Header>& headers);
    [[nodiscard]] QString problem() const { return m_problem; }

Q_SIGNALS:
    void changed();

private:
    void check();

    QPlainTextEdit* m_text;
    ToneLabel* m_note;
    QString m_problem;
    QString m_given; // as setHeaders wrote it
};

} // namespace punctual::ui
