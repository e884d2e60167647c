// SPDX-License-Identifier: GPL-3.0-or-later
// What people do with messages: cancels them or sends them again, after asking, and says what became of each.
// GUI thread.
#pragma once

#include "core/operation.h"
#include "ui/common/workspace.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace punctual::ui
{

class MessageActions : public QObject
{
    Q_OBJECT

public:
    explicit MessageActions(const Workspace& workspace, QObject* parent = nullptr);

    void cancel(const std::vector<MessageId>& ids, QWidget* window);
    /// Those that are over.
    void replay(const std::vector<MessageId>& ids, QWidget* window);

Q_SIGNALS:
    /// All answers of one call are there. `worked`: it was done with every message.
    void finished(const QString& text, bool worked);

private:
    /// The answers to one call that have come so far.
    struct Round
    {
        std::size_t open = 0;
        std::size_t total = 0;
        int worked = 0;
        std::map<QString, int> others; // by what is said about them
        std::function<QString(int worked)> success;
    };

    /// `problem` is empty for one that worked.
    void take(Round& round, const QString& problem);
    [[nodiscard]] QString problemOf(const Result<CancelVerdict>& answer) const;
    [[nodiscard]] static QString problemOf(const Result<Replayed>& answer);

    const Workspace& m_workspace;
};

} // namespace punctual::ui
