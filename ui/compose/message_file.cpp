// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/message_file.h"

#include "ui/common/background.h"
#include "ui/common/wording.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>

namespace punctual::ui
{

namespace
{

constexpr qint64 largestFile = qint64{16} * 1024 * 1024;

MessageFile parse(QByteArray text, const QString& destination)
{
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    client::MessageSource source(buffer, client::MessageFormat::Csv, destination);
    MessageFile file;
    while (auto line = source.next()) {
        if (file.lines.size() == MessageFile::mostLines) {
            file.isCut = true;
            break;
        }
        file.wrong += line->errors.empty() ? 0 : 1;
        file.lines.push_back(std::move(*line));
    }
    return file;
}

TextFile read(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {{}, file.errorString()};
    if (file.size() > largestFile)
        return {{},
                QCoreApplication::translate("MessageFile", "It has %1; punctualctl takes files of any size.")
                    .arg(sizeText(file.size()))};
    return {file.readAll()};
}

} // namespace

std::vector<NewMessage> MessageFile::right() const
{
    std::vector<NewMessage> messages;
    for (const auto& line : lines)
        if (line.errors.empty())
            messages.push_back(line.message);
    return messages;
}

void readMessagesOfText(const QByteArray& text, const QString& destination, QObject* context,
                        std::function<void(const MessageFile&)> done)
{
    inBackground<MessageFile>([text, destination] { return parse(text, destination); }, context,
                              std::move(done));
}

void readTextFile(const QString& path, QObject* context, std::function<void(const TextFile&)> done)
{
    inBackground<TextFile>([path] { return read(path); }, context, std::move(done));
}

} // namespace punctual::ui
