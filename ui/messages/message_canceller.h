// SPDX-License-Identifier: GPL-3.0-or-later
// Cancels messages after asking, and says what became of each. GUI thread.
#pragma once

#include "ui/common/workspace.h"

#include <QObject>

#include <map>

namespace punctual::ui
{

class MessageCanceller : public QObject
{
    Q_OBJECT

public:
    explicit MessageCanceller(const Workspace& workspace, QObject* parent = nullptr);

    void cancel(const std::vector<MessageId>& ids, QWidget* window);

Q_SIGNALS:
    /// All answers of one cancel() are there. `worked`: every message is cancelled.
    void finished(const QString& text, bool worked);

private:
    /// The answers to one cancel() that have come so far.
    struct Round
    {
        std::size_t open = 0;
        std::size_t total = 0;
        std::size_t cancelled = 0;
        std::map<QString, int> others; // by what is said about them
    };

    void begin(const std::vector<MessageId>& ids);
    void take(Round& round, const Result<CancelVerdict>& answer);

    const Workspace& m_workspace;
};

} // namespace punctual::ui
