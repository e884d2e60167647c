// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/input_file.h"

#include "app/common/command_parser.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(InputFile)
};

} // namespace

QByteArray readInput(const char* argument, const QString& path, qint64 most)
{
    QFile file(path);
    const bool opened = path == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened)
        app::refuse(argument, Words::tr("cannot be read: %1").arg(file.errorString()));
    QByteArray content;
    while (content.size() <= most) {
        const QByteArray piece = file.read(most + 1 - content.size()); // a pipe gives less
        if (piece.isEmpty())
            break;
        content += piece;
    }
    return content;
}

QString readTextInput(const char* argument, const QString& path, qint64 most)
{
    QByteArray content = readInput(argument, path, most);
    if (content.size() > most)
        app::refuse(argument, Words::tr("is longer than %1 bytes").arg(most));
    if (!content.isValidUtf8())
        app::refuse(argument, Words::tr("is not text in UTF-8"));
    if (content.endsWith('\n'))
        content.chop(content.endsWith("\r\n") ? 2 : 1);
    return QString::fromUtf8(content);
}

} // namespace punctual::ctl
