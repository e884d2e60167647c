// SPDX-License-Identifier: GPL-3.0-or-later
// The place of recurring schedules. There is no engine for them yet, and the page says so.
#pragma once

#include <QWidget>

namespace punctual::ui
{

class RecurringPage : public QWidget
{
    Q_OBJECT

public:
    explicit RecurringPage(QWidget* parent = nullptr);
};

} // namespace punctual::ui
