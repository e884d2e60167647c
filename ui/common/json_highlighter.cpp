// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/json_highlighter.h"

#include "ui/common/state_color.h"

#include <QEvent>
#include <QPlainTextEdit>
#include <QRegularExpression>

namespace punctual::ui
{

namespace
{

/// A longer line is shown plainly: colours for a whole payload in one line would keep the window waiting.
constexpr qsizetype longestLine = 5'000;

} // namespace

JsonHighlighter::JsonHighlighter(QPlainTextEdit& field)
    : QSyntaxHighlighter(field.document())
    , m_field(field)
{
    field.installEventFilter(this);
}

void JsonHighlighter::setOn(bool on)
{
    if (m_isOn == on)
        return;
    m_isOn = on;
    rehighlight();
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    if (!m_isOn || text.size() > longestLine)
        return;
    static const QRegularExpression token(
        QStringLiteral(R"re(("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b)re"));
    const QPalette& palette = m_field.palette();
    for (auto match = token.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        const auto paint = [&](int group, Tone tone) {
            setFormat(static_cast<int>(found.capturedStart(group)),
                      static_cast<int>(found.capturedLength(group)), toneColor(tone, palette));
        };
        if (found.hasCaptured(1))
            paint(1, found.hasCaptured(2) ? Tone::Waiting : Tone::Good);
        else if (found.hasCaptured(3))
            paint(3, Tone::Warning);
        else
            paint(4, Tone::Busy);
    }
}

bool JsonHighlighter::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        rehighlight();
    return QSyntaxHighlighter::eventFilter(watched, event);
}

} // namespace punctual::ui
