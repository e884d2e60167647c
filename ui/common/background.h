// SPDX-License-Identifier: GPL-3.0-or-later
// Work that would keep the window waiting, done on another thread.
#pragma once

#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>

namespace punctual::ui
{

/// Calls `work` on another thread, then `done` with its value in the thread of `context`, unless that is
/// gone.
template <class T>
void inBackground(std::function<T()> work, QObject* context, std::function<void(T)> done)
{
    // The application outlives the pool's threads; the context is only looked at in its own thread.
    auto* home = new QObject;
    home->moveToThread(context->thread());
    QThreadPool::globalInstance()->start(
        [work = std::move(work), home, context = QPointer<QObject>(context), done = std::move(done)] {
            T value = work();
            QMetaObject::invokeMethod(
                home,
                [home, context, done, value = std::move(value)]() mutable {
                    home->deleteLater();
                    if (context)
                        done(std::move(value));
                },
                Qt::QueuedConnection);
        });
}

} // namespace punctual::ui
