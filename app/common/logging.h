// SPDX-License-Identifier: GPL-3.0-or-later
// Writes what QLoggingCategory lets through to standard error, one line a record: for people, for
// programs (JSON Lines) or for the journal of systemd.
#pragma once

#include "app/common/settings.h"
#include "core/time.h"

#include <QByteArray>

namespace punctual::app
{

struct LogRecord
{
    QtMsgType severity = QtInfoMsg;
    QString category;
    QString message;
    Instant at;
};

/// Where a line goes to decides what it has to carry: the journal takes time from itself and the
/// severity from a prefix (sd-daemon(3)).
enum class LogTarget { Stream, Journal };

/// Without the line feed. Line feeds in the message are kept apart from those between records.
[[nodiscard]] QByteArray formatLogLine(const LogRecord& record, LogFormat format, LogTarget target);

/// From here on everything that is logged in this process goes this way. Any thread may log.
void installLogging(LogLevel level, LogFormat format);

} // namespace punctual::app
