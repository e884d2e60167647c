// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a field as it was given, for what is sent or stored byte by byte.
#pragma once

#include <QPlainTextEdit>
#include <QTextDocument>

namespace punctual::ui
{

/// Lines end with LF. toPlainText() would also make plain spaces of those that do not break.
[[nodiscard]] inline QString verbatimText(const QPlainTextEdit& edit)
{
    return edit.document()->toRawText().replace(QChar::ParagraphSeparator, u'\n');
}

} // namespace punctual::ui
