// SPDX-License-Identifier: GPL-3.0-or-later
// A span of time as one types it: 5s, 1h30m, 10d.
#pragma once

#include "core/time.h"

#include <QLineEdit>

namespace punctual::ui
{

class SpanEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit SpanEdit(QWidget* parent = nullptr);

    /// Nothing while the text is not a span.
    [[nodiscard]] std::optional<Duration> span() const;
};

} // namespace punctual::ui
