// SPDX-License-Identifier: GPL-3.0-or-later
// Sends a message at once and once, and tells what came of it. GUI thread.
#pragma once

#include "ui/common/state_color.h"
#include "ui/common/workspace.h"

#include <QObject>
#include <QTimer>

namespace punctual::ui
{

class TestDelivery : public QObject
{
    Q_OBJECT

public:
    explicit TestDelivery(const Workspace& workspace, QObject* parent = nullptr);

    /// Its due time, key and attempts are replaced, and it gets the tag `test`. Of several calls the last one
    /// is told about.
    void send(NewMessage message);

Q_SIGNALS:
    void progressed(const QString& text, punctual::ui::Tone tone);

private:
    void takeScheduled(const Result<client::Scheduled>& answer);
    void ask();
    void take(const Result<Message>& answer);
    void tell(const Message& message);

    const Workspace& m_workspace;
    MessageId m_id;
    QString m_destination;
    Instant m_sentAt;
    QTimer m_next;
};

} // namespace punctual::ui
