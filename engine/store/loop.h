// SPDX-License-Identifier: GPL-3.0-or-later
// A thread's letter box: tasks from other threads run in its event loop, in the order of posting.
#pragma once

#include <QObject>

#include <deque>
#include <functional>
#include <mutex>

namespace punctual::store
{

class Loop : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Any thread. What is still there when the loop is destroyed is dropped.
    void post(std::function<void()> task);

    /// Any thread. Drops what waits and whatever is posted from now on.
    void close();

protected:
    bool event(QEvent* event) override;

private:
    [[nodiscard]] std::size_t size();
    [[nodiscard]] std::function<void()> next();

    std::mutex m_mutex;
    std::deque<std::function<void()>> m_tasks;
    bool m_closed = false;
};

} // namespace punctual::store
