// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/logging.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>

namespace punctual::app
{

namespace
{

struct Severity
{
    QLatin1StringView word;
    int journal; // syslog(3)
};

Severity severityOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return {QLatin1StringView("debug"), 7};
    case QtInfoMsg:
        return {QLatin1StringView("info"), 6};
    case QtWarningMsg:
        return {QLatin1StringView("warning"), 4};
    case QtCriticalMsg:
        return {QLatin1StringView("error"), 3};
    case QtFatalMsg:
        return {QLatin1StringView("fatal"), 2};
    }
    return {QLatin1StringView("info"), 6};
}

QByteArray asJson(const LogRecord& record)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("time"), toRfc3339(record.at)},
                                     {QStringLiteral("level"), QString(severityOf(record.severity).word)},
                                     {QStringLiteral("category"), record.category},
                                     {QStringLiteral("message"), record.message}})
        .toJson(QJsonDocument::Compact);
}

/// $JOURNAL_STREAM names the device and inode of the journal's socket; it is inherited even when
/// standard error has been redirected since (systemd.exec(5)).
bool isStandardErrorTheJournal()
{
    struct stat status = {};
    if (::fstat(STDERR_FILENO, &status) != 0)
        return false;
    return qgetenv("JOURNAL_STREAM") ==
           QByteArray::number(status.st_dev) + ':' + QByteArray::number(status.st_ino);
}

// A message handler is a bare function, so what it needs cannot be handed in.
std::atomic<LogFormat> chosenFormat = LogFormat::Text;
std::atomic<LogTarget> chosenTarget = LogTarget::Stream;

void writeRecord(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    const LogRecord record{type, QString::fromLatin1(context.category), message, now};
    const QByteArray line = formatLogLine(record, chosenFormat, chosenTarget) + '\n';
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()),
                stderr); // one call, so lines stay whole
}

} // namespace

QByteArray formatLogLine(const LogRecord& record, LogFormat format, LogTarget target)
{
    const Severity severity = severityOf(record.severity);
    QByteArray line;
    if (target == LogTarget::Journal)
        line = '<' + QByteArray::number(severity.journal) + '>';
    if (format == LogFormat::Json)
        return line + asJson(record);
    if (target == LogTarget::Stream)
        line += toRfc3339(record.at).toLatin1() + ' ' + severity.word.data() + ' ';
    const QString flat = QString(record.message).replace(u'\n', QStringLiteral("\\n"));
    return line + record.category.toUtf8() + ": " + flat.toUtf8();
}

void installLogging(LogLevel level, LogFormat format)
{
    chosenFormat = format;
    chosenTarget = isStandardErrorTheJournal() ? LogTarget::Journal : LogTarget::Stream;
    // Qt's own categories stay as they are: only those of this program turn talkative.
    QString rules = level == LogLevel::Debug ? QStringLiteral("punctual.*.debug=true\n")
                                             : QStringLiteral("*.debug=false\n");
    if (level > LogLevel::Info)
        rules += QStringLiteral("*.info=false\n");
    if (level > LogLevel::Warning)
        rules += QStringLiteral("*.warning=false\n");
    QLoggingCategory::setFilterRules(rules);
    qInstallMessageHandler(writeRecord);
}

} // namespace punctual::app
