// SPDX-License-Identifier: GPL-3.0-or-later
// A wrapping label in a colour of meaning that follows the palette.
#pragma once

#include "ui/common/state_color.h"

#include <QLabel>

namespace punctual::ui
{

class ToneLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ToneLabel(Tone tone, QWidget* parent = nullptr);

    void setTone(Tone tone);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTone();

    Tone m_tone;
    QColor m_color; // that is set
};

} // namespace punctual::ui
