// SPDX-License-Identifier: GPL-3.0-or-later
// A control of a form with the place beneath it where its error is said.
#pragma once

#include <QWidget>

namespace punctual::ui
{

class ToneLabel;

class FormField : public QWidget
{
    Q_OBJECT

public:
    /// `name` is what assistive technology calls the control.
    FormField(QWidget* control, const QString& name, QWidget* parent = nullptr);

    /// An empty text takes the error away.
    void setError(const QString& text);
    [[nodiscard]] QString error() const;

private:
    QWidget* m_control;
    ToneLabel* m_error;
};

} // namespace punctual::ui
