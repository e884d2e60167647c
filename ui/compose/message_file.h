// SPDX-License-Identifier: GPL-3.0-or-later
// The messages of a CSV text or file, checked line by line.
#pragma once

#include "client/message_source.h"

#include <QObject>

#include <functional>

namespace punctual::ui
{

struct MessageFile
{
    /// More lines than this are for the command line.
    static constexpr std::size_t mostLines = 10'000;

    std::vector<client::MessageLine> lines;
    std::size_t wrong = 0; // of them
    bool isCut = false;    // there are more

    [[nodiscard]] std::vector<NewMessage> right() const;
};

/// Reads on another thread, then calls `done` in the thread of `context`, unless that is gone. `destination`
/// is that of lines that name none.
void readMessagesOfText(const QByteArray& text, const QString& destination, QObject* context,
                        std::function<void(const MessageFile&)> done);

struct TextFile
{
    QByteArray text;
    QString problem = {}; // empty: it could be read
};

/// The text of a file that somebody dropped or chose.
void readTextFile(const QString& path, QObject* context, std::function<void(const TextFile&)> done);

} // namespace punctual::ui
