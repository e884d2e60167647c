// SPDX-License-Identifier: GPL-3.0-or-later
// Sends a test to a destination at once, and tells what came of it. One that does not leave at once never
// does: nothing is sent days later, when nobody thinks of it any more. GUI thread.
#pragma once

#include "core/destination_test.h"
#include "ui/common/state_color.h"
#include "ui/common/workspace.h"

#include <QObject>

namespace punctual::ui
{

class TestDelivery : public QObject
{
    Q_OBJECT

public:
    explicit TestDelivery(const Workspace& workspace, QObject* parent = nullptr);

    /// Of several calls the last one is told about.
    void send(const QString& destination, const Content& content);

Q_SIGNALS:
    void progressed(const QString& text, punctual::ui::Tone tone);

private:
    void take(const Result<DestinationTest>& answer);
    void tell(const Attempt& attempt);

    const Workspace& m_workspace;
    quint64 m_number = 0; // of the last call
    QString m_destination;
    Instant m_sentAt;
};

} // namespace punctual::ui
