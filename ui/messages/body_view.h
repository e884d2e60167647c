// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a message for reading: JSON laid out or as it is sent, other text as it is, anything else
// in hexadecimal.
#pragma once

#include "core/message.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPlainTextEdit;

namespace punctual::ui
{

class JsonHighlighter;

class BodyView : public QWidget
{
    Q_OBJECT

public:
    explicit BodyView(QWidget* parent = nullptr);

    void show(const Content& content);
    void clear();

private:
    void showHeaders();
    void showText();

    QPlainTextEdit* m_text;
    QCheckBox* m_layOut;
    QLabel* m_summary;
    QLabel* m_headers;
    JsonHighlighter* m_colors;
    Content m_content;
};

} // namespace punctual::ui
