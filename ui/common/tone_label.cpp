// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/tone_label.h"

#include <QEvent>
#include <QGuiApplication>

namespace punctual::ui
{

ToneLabel::ToneLabel(Tone tone, QWidget* parent)
    : QLabel(parent)
    , m_tone(tone)
{
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    applyTone();
}

void ToneLabel::setTone(Tone tone)
{
    m_tone = tone;
    applyTone();
}

void ToneLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    // A palette that was set whole would hide a new one of the application: only its text is set.
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange)
        applyTone();
}

void ToneLabel::applyTone()
{
    const QColor color = toneColor(m_tone, QGuiApplication::palette());
    if (m_color == color)
        return;
    m_color = color;
    QPalette own;
    own.setColor(QPalette::WindowText, color);
    setPalette(own);
}

} // namespace punctual::ui
