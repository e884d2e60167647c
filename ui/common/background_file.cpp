// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/background_file.h"

#include "ui/common/background.h"

#include <QSaveFile>

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
    inBackground<QString>([path, make = std::move(make)] { return write(path, make()); }, context,
                          std::move(done));
}

} // namespace punctual::ui
