// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/json_form.h"

#include "core/json_text.h"

namespace punctual::ui
{

QByteArray indented(const QByteArray& json)
{
    const QByteArray compact = json_text::compact(json);
    QByteArray text;
    qsizetype depth = 0;
    bool inString = false;
    const auto newLine = [&text, &depth] { text += '\n' + QByteArray(depth * 2, ' '); };
    for (qsizetype i = 0; i < compact.size(); ++i) {
        const char c = compact[i];
        const bool opens = !inString && (c == '{' || c == '[');
        const bool closes = !inString && (c == '}' || c == ']');
        const bool isEmpty = closes && (compact[i - 1] == '{' || compact[i - 1] == '[');
        depth += opens ? 1 : closes ? -1 : 0;
        if (closes && !isEmpty)
            newLine();
        text += c;
        if (inString && c == '\\')
            text += compact[++i];
        else if (c == '"')
            inString = !inString;
        const bool emptyFollows = opens && (compact[i + 1] == '}' || compact[i + 1] == ']');
        if (!inString && (c == ',' || (opens && !emptyFollows)))
            newLine();
        else if (!inString && c == ':')
            text += ' ';
    }
    return text;
}

} // namespace punctual::ui
