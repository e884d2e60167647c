// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/input_file.h"

#include "core/message_json.h"

#include <QCoreApplication>
#include <QFile>

#include <CLI/CLI.hpp>

#include <cstdio>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(InputFile)
};

[[noreturn]] void refuse(const std::string& argument, const QString& problem)
{
    throw CLI::ValidationError(argument, problem.toStdString());
}

} // namespace

QByteArray readInput(const std::string& argument, const std::string& path, qint64 most)
{
    QFile file(QString::fromStdString(path));
    const bool opened = path == "-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened)
        refuse(argument, Words::tr("cannot be read: %1").arg(file.errorString()));
    QByteArray content;
    while (content.size() <= most) {
        const QByteArray piece = file.read(most + 1 - content.size()); // a pipe gives less
        if (piece.isEmpty())
            break;
        content += piece;
    }
    return content;
}

QString readTextInput(const std::string& argument, const std::string& path, qint64 most)
{
    QByteArray content = readInput(argument, path, most);
    if (content.size() > most)
        refuse(argument, Words::tr("is longer than %1 bytes").arg(most));
    if (!content.isValidUtf8())
        refuse(argument, Words::tr("is not text in UTF-8"));
    if (content.endsWith('\n'))
        content.chop(content.endsWith("\r\n") ? 2 : 1);
    return QString::fromUtf8(content);
}

void insertBody(QJsonObject& fields, const std::optional<std::string>& body,
                const std::optional<std::string>& bodyFile)
{
    if (!body && !bodyFile)
        return;
    const QByteArray bytes = body ? QByteArray::fromStdString(*body)
                                  : readInput("--body-file", *bodyFile, MessageLimits{}.bodyBytes);
    fields.insert(u"body_base64", QString::fromLatin1(bytes.toBase64()));
    if (!fields.contains(u"content_type"))
        fields.insert(u"content_type", QString::fromLatin1(guessContentType(bytes)));
}

} // namespace punctual::ctl
