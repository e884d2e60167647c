// SPDX-License-Identifier: GPL-3.0-or-later
// Sends messages that are over again after asking, and says what became of each. GUI thread.
#pragma once

#include "core/operation.h"
#include "ui/common/workspace.h"

#include <QObject>

#include <map>

namespace punctual::ui
{

class MessageReplayer : public QObject
{
    Q_OBJECT

public:
    explicit MessageReplayer(const Workspace& workspace, QObject* parent = nullptr);

    void replay(const std::vector<MessageId>& ids, QWidget* window);

Q_SIGNALS:
    /// All answers of one replay() are there. `worked`: a new message is scheduled for every one.
    void finished(const QString& text, bool worked);

private:
    /// The answers to one replay() that have come so far.
    struct Round
    {
        std::size_t open = 0;
        std::size_t total = 0;
        std::size_t replayed = 0;
        std::map<QString, int> others; // by what is said about them
    };

    void begin(const std::vector<MessageId>& ids);
    void take(Round& round, const Result<Replayed>& answer);

    const Workspace& m_workspace;
};

} // namespace punctual::ui
