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
    if (event->type() == QEvent::ApplicationPaletteChange)
        applyTone();
}

void ToneLabel::applyTone()
{
    const QPalette application = QGuiApplication::palette();
    QPalette own = application;
    own.setColor(QPalette::WindowText, toneColor(m_tone, application));
    setPalette(own);
}

} // namespace punctual::ui
