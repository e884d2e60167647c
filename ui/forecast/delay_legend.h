// SPDX-License-Identifier: GPL-3.0-or-later
// What the colours of the forecast mean.
#pragma once

#include <QWidget>

namespace punctual::ui
{

class DelayLegend : public QWidget
{
    Q_OBJECT

public:
    explicit DelayLegend(QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int swatch() const;
};

} // namespace punctual::ui
