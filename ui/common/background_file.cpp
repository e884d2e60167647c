// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/background_file.h"

#include <QPointer>
#include <QSaveFile>
#include <QThreadPool>

namespace punctual::ui
{

namespace
{

QString write(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return file.errorString();
    return {};
}

} // namespace

void writeInBackground(const QString& path, std::function<QByteArray()> make, QObject* context,
                       std::function<void(const QString&)> done)
{
    // The application outlives the pool's threads; the context is only looked at in its own thread.
    auto* home = new QObject;
    home->moveToThread(context->thread());
    QThreadPool::globalInstance()->start(
        [path, make = std::move(make), home, context = QPointer<QObject>(context), done = std::move(done)] {
            const QString problem = write(path, make());
            QMetaObject::invokeMethod(
                home,
                [home, context, done, problem] {
                    home->deleteLater();
                    if (context)
                        done(problem);
                },
                Qt::QueuedConnection);
        });
}

} // namespace punctual::ui
