// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recurring/recurring_page.h"

#include "ui/common/view_frame.h"

#include <QVBoxLayout>

namespace punctual::ui
{

RecurringPage::RecurringPage(QWidget* parent)
    : QWidget(parent)
{
    auto* frame = new ViewFrame(new QWidget);
    frame->showEmpty(
        tr("Recurring schedules come with the recurring engine, which this version does not have "
           "yet.\nUntil then Compose schedules messages one by one, and REST and the command line "
           "schedule many."));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(frame);
}

} // namespace punctual::ui
