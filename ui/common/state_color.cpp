// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/state_color.h"

#include <QPalette>

namespace punctual::ui
{

Tone toneOf(MessageState state)
{
    switch (state) {
    case MessageState::Scheduled:
        return Tone::Waiting;
    case MessageState::Delivering:
        return Tone::Busy;
    case MessageState::Delivered:
        return Tone::Good;
    case MessageState::Retrying:
    case MessageState::Unknown:
        return Tone::Warning;
    case MessageState::Dead:
        return Tone::Bad;
    case MessageState::Cancelled:
    case MessageState::Expired:
        return Tone::Neutral;
    }
    Q_UNREACHABLE();
}

Tone toneOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Delivered:
        return Tone::Good;
    case Outcome::Failed:
    case Outcome::Unknown:
        return Tone::Warning;
    case Outcome::Refused:
        return Tone::Bad;
    }
    Q_UNREACHABLE();
}

QColor toneColor(Tone tone, const QPalette& palette)
{
    const bool dark = palette.color(QPalette::Base).lightness() < 128;
    switch (tone) {
    case Tone::Neutral:
        return dark ? QColor(0xb4, 0xb8, 0xbe) : QColor(0x5a, 0x60, 0x68);
    case Tone::Waiting:
        return dark ? QColor(0x82, 0xb4, 0xff) : QColor(0x1a, 0x56, 0xb0);
    case Tone::Busy:
        return dark ? QColor(0xc8, 0xa2, 0xff) : QColor(0x6b, 0x3f, 0xa8);
    case Tone::Good:
        return dark ? QColor(0x7c, 0xd0, 0x8e) : QColor(0x1b, 0x6e, 0x35);
    case Tone::Warning:
        return dark ? QColor(0xf0, 0xb4, 0x5a) : QColor(0x8f, 0x52, 0x00);
    case Tone::Bad:
        return dark ? QColor(0xff, 0x8f, 0x87) : QColor(0xb3, 0x26, 0x1e);
    }
    Q_UNREACHABLE();
}

} // namespace punctual::ui
