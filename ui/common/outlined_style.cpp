// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/outlined_style.h"

#include <QPainter>
#include <QStyleOption>

namespace punctual::ui
{

namespace
{

enum class Shape { Rectangle, Circle };

void outline(const QStyleOption& option, QPainter& painter, bool hasFocus, Shape shape = Shape::Rectangle)
{
    const int width = hasFocus ? 2 : 1;
    painter.save();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(option.palette.color(hasFocus ? QPalette::Highlight : QPalette::WindowText), width,
                        Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    const double half = width / 2.0;
    const QRectF line = QRectF(option.rect).adjusted(half, half, -half, -half);
    if (shape == Shape::Circle) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.drawEllipse(line);
    } else {
        painter.drawRect(line);
    }
    painter.restore();
}

} // namespace

void OutlinedStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                  const QWidget* widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool hasFocus = option->state.testFlag(State_HasFocus);
    switch (element) {
    case PE_FrameLineEdit:
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
    case PE_Frame:
    case PE_FrameMenu:
    case PE_FrameTabWidget:
    case PE_FrameGroupBox:
        outline(*option, *painter, hasFocus);
        break;
    case PE_FrameFocusRect:
        outline(*option, *painter, true);
        break;
    case PE_IndicatorRadioButton:
        outline(*option, *painter, hasFocus, Shape::Circle);
        break;
    default:
        break;
    }
}

void OutlinedStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const
{
    QProxyStyle::drawControl(element, option, painter, widget);
    if (element == CE_TabBarTabShape && option->state.testFlag(State_Selected))
        outline(*option, *painter, option->state.testFlag(State_HasFocus));
}

void OutlinedStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                       QPainter* painter, const QWidget* widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (control == CC_ComboBox || control == CC_SpinBox)
        outline(*option, *painter, option->state.testFlag(State_HasFocus));
}

} // namespace punctual::ui
