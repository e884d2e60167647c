// SPDX-License-Identifier: GPL-3.0-or-later
// Colours of JSON in a text field, legible on light and dark: names, strings, numbers, words.
#pragma once

#include <QSyntaxHighlighter>

class QPlainTextEdit;

namespace punctual::ui
{

class JsonHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    /// Belongs to the field and follows its palette.
    explicit JsonHighlighter(QPlainTextEdit& field);

    /// Off for what is not JSON.
    void setOn(bool on);

protected:
    void highlightBlock(const QString& text) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPlainTextEdit& m_field;
    bool m_isOn = true;
};

} // namespace punctual::ui
