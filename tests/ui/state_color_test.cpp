// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/test_main.h"
#include "ui/common/state_color.h"
#include "ui/common/theme.h"

#include <QPalette>

#include <cmath>

namespace punctual::ui
{

namespace
{

/// Relative luminance as WCAG 2.1 defines it.
double luminance(const QColor& color)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double lighter = std::max(luminance(a), luminance(b));
    const double darker = std::min(luminance(a), luminance(b));
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace

class StateColorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isLegible_data()
    {
        QTest::addColumn<QColor>("base");
        QTest::newRow("on white") << QColor(Qt::white);
        QTest::newRow("on a light window") << QColor(0xef, 0xef, 0xef);
        QTest::newRow("on a dark window") << QColor(0x32, 0x32, 0x32);
        QTest::newRow("on black") << QColor(Qt::black);
    }

    void isLegible()
    {
        QFETCH(const QColor, base);
        QPalette palette(base, base);
        palette.setColor(QPalette::Base, base);
        for (const auto state : allMessageStates)
            QVERIFY2(contrast(toneColor(toneOf(state), palette), base) >= 4.5, toText(state).data());
    }

    void keepsToItsHighContrast()
    {
        const QPalette palette = highContrastPalette();
        const QColor base = palette.color(QPalette::Base);
        const auto isHigh = [](const QColor& words, const QColor& ground) {
            return contrast(words, ground) >= 7;
        };
        for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::Link,
                                QPalette::PlaceholderText, QPalette::ToolTipText}) {
            QVERIFY(isHigh(palette.color(role), base));
            QVERIFY(isHigh(palette.color(QPalette::Disabled, role), base));
        }
        QVERIFY(isHigh(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)));
        for (const auto state : allMessageStates)
            QVERIFY2(isHigh(toneColor(toneOf(state), palette), base), toText(state).data());
    }
};

} // namespace punctual::ui

using punctual::ui::StateColorTest;
PUNCTUAL_TEST(StateColorTest)

#include "state_color_test.moc"
