// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/list_end.h"

#include "ui/common/time_text.h"
#include "ui/messages/message_feed.h"
#include "ui/messages/message_model.h"

namespace punctual::ui
{

ListEnd::ListEnd(const QTimeZone& zone, QWidget* parent)
    : ToneLabel(Tone::Neutral, parent)
    , m_zone(zone)
{
    setAccessibleName(tr("End of the list"));
    hide();
}

void ListEnd::show(const MessageModel& model, const MessageFeed& feed)
{
    const bool isLooking = feed.isLooking() && model.next();
    setVisible(isLooking || model.isCut());
    if (isLooking)
        setText(tr("Still looking: everything due after %1 has been looked at.")
                    .arg(timeText(model.next()->dueAt, m_zone)));
    else if (model.isCut())
        setText(
            tr("%n message(s) are shown and there are more: narrow the filter.", nullptr, model.rowCount()));
}

} // namespace punctual::ui
