// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a time line: times at the left, a line with a dot for each entry, and what happened beside it.
#pragma once

#include <QListView>

namespace punctual::ui
{

class TimeLineModel;

class TimeLineView : public QListView
{
    Q_OBJECT

public:
    explicit TimeLineView(TimeLineModel& model, QWidget* parent = nullptr);
};

} // namespace punctual::ui
