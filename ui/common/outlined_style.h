// SPDX-License-Identifier: GPL-3.0-or-later
// A style with a line in the colour of words around whatever takes input, and a thick one around what has the
// focus: on a ground of one colour nothing else shows where a control ends. GUI thread.
#pragma once

#include <QProxyStyle>

namespace punctual::ui
{

class OutlinedStyle : public QProxyStyle
{
public:
    using QProxyStyle::QProxyStyle;

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
};

} // namespace punctual::ui
