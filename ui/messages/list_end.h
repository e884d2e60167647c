// SPDX-License-Identifier: GPL-3.0-or-later
// Below a list of messages: why it ends where it does, if that is not its end. GUI thread.
#pragma once

#include "ui/common/tone_label.h"

#include <QTimeZone>

namespace punctual::ui
{

class MessageFeed;
class MessageModel;

class ListEnd : public ToneLabel
{
    Q_OBJECT

public:
    explicit ListEnd(const QTimeZone& zone, QWidget* parent = nullptr);

    void show(const MessageModel& model, const MessageFeed& feed);
    using QWidget::show;

private:
    QTimeZone m_zone;
};

} // namespace punctual::ui
