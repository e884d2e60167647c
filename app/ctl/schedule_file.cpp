// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/schedule_file.h"

#include "app/ctl/await.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"
#include "client/message_source.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>

#include <unistd.h>

#include <cstdio>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ScheduleFile)
};

using client::MessageFormat;
using client::MessageLine;
using client::MessageSource;

constexpr std::size_t linesAtOnce = 1000;
constexpr qsizetype bytesAtOnce = 8 * 1024 * 1024;
constexpr qint64 mostNamed = 1000; // bad lines; of more only their number is told

/// Takes lines, keeps those that are right until there are enough of them, and counts.
class FileScheduler
{
public:
    FileScheduler(const Context& context, const ScheduleFile& options, QIODevice* rejects)
        : m_context(context)
        , m_options(options)
        , m_rejects(rejects)
    {
    }

    [[nodiscard]] Result<void> add(MessageLine line, const QByteArray& heading)
    {
        m_heading = heading;
        if (!line.errors.empty()) {
            reject(line);
            return {};
        }
        m_bytes += line.message.content.body.size();
        if (m_lines.empty())
            m_firstLine = line.number;
        m_hash.addData(line.text);
        m_lines.push_back(std::move(line));
        return m_lines.size() >= linesAtOnce || m_bytes >= bytesAtOnce ? flush() : Result<void>{};
    }

    /// Stores what is kept. What the database finds wrong is taken out first: it says so of all of it at
    /// once.
    [[nodiscard]] Result<void> flush()
    {
        // Of the lines as they came: which of them the database finds wrong may be another matter by the next
        // run.
        const auto idempotency = idempotencyOfBatch();
        while (!m_lines.empty() && !m_options.dryRun) {
            const auto stored = store(idempotency);
            if (stored) {
                if (stored->repeated)
                    noteRepeated(stored->items.size());
                break;
            }
            if (!takeOut(stored.error()))
                return tl::unexpected(stored.error());
        }
        m_scheduled += static_cast<qint64>(m_lines.size());
        m_lines.clear();
        m_bytes = 0;
        showProgress();
        return {};
    }

    [[nodiscard]] qint64 scheduled() const { return m_scheduled; }
    [[nodiscard]] qint64 scheduledBefore() const { return m_scheduledBefore; }
    [[nodiscard]] qint64 bad() const { return m_bad; }
    [[nodiscard]] const QJsonArray& named() const { return m_named; }

    void endProgress() const
    {
        if (m_isTerminal)
            std::fputs("\r\033[K", stderr);
    }

private:
    std::optional<client::Idempotency> idempotencyOfBatch()
    {
        m_hash.addData(m_options.destination.toUtf8());
        const QByteArray hash = m_hash.result();
        m_hash.reset();
        if (m_options.idempotencyKey.isEmpty())
            return std::nullopt;
        return client::Idempotency{m_options.idempotencyKey + u'/' + QString::number(m_firstLine), hash};
    }

    /// An earlier run has stored the batch, but for those that it named as bad.
    void noteRepeated(std::size_t stored)
    {
        m_scheduledBefore += static_cast<qint64>(stored);
        m_bad += static_cast<qint64>(m_lines.size() - stored);
        m_lines.clear();
    }

    Result<client::Scheduled> store(const std::optional<client::Idempotency>& idempotency)
    {
        std::vector<NewMessage> messages;
        messages.reserve(m_lines.size());
        for (const auto& line : m_lines)
            messages.push_back(line.message);
        return await<client::Scheduled>([&](QObject* receiver, client::Answer<client::Scheduled> answer) {
            m_context.client.schedule(m_context.actor, std::move(messages), idempotency, receiver,
                                      std::move(answer));
        });
    }

    /// Rejects the lines that the error names; false if it names none.
    bool takeOut(const Error& error)
    {
        static const QRegularExpression form(QStringLiteral("^/messages/(\\d+)(/.*)$"));
        std::map<std::size_t, std::vector<FieldError>> wrong;
        for (const auto& field : error.fields) {
            const auto match = form.match(field.pointer);
            const auto index = match.captured(1).toULongLong();
            if (match.hasMatch() && index < m_lines.size())
                wrong[index].push_back({match.captured(2), field.detail});
        }
        std::vector<MessageLine> right;
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            if (const auto errors = wrong.find(i); errors != wrong.end()) {
                m_lines[i].errors = errors->second;
                reject(m_lines[i]);
            } else {
                right.push_back(std::move(m_lines[i]));
            }
        }
        m_lines = std::move(right);
        return !wrong.empty();
    }

    void reject(const MessageLine& line)
    {
        if (m_rejects) {
            if (m_bad == 0 && m_rejects->pos() == 0)
                m_rejects->write(m_heading);
            m_rejects->write(line.text.endsWith('\n') ? line.text : line.text + '\n');
        }
        if (++m_bad > mostNamed)
            return;
        QJsonArray errors;
        for (const auto& error : line.errors) {
            errors.append(QJsonObject{{QStringLiteral("pointer"), error.pointer},
                                      {QStringLiteral("detail"), error.detail}});
            if (!m_context.json) {
                endProgress();
                const QString what = error.pointer.isEmpty() ? Words::tr("it") : error.pointer.mid(1);
                std::fprintf(stderr, "%s\n",
                             qUtf8Printable(printable(
                                 Words::tr("Line %1: %2 %3").arg(line.number).arg(what, error.detail))));
            }
        }
        m_named.append(
            QJsonObject{{QStringLiteral("line"), line.number}, {QStringLiteral("errors"), errors}});
    }

    void showProgress() const
    {
        if (m_isTerminal)
            std::fprintf(stderr, "\r\033[K%s",
                         qUtf8Printable(Words::tr("%1 scheduled, %2 bad").arg(m_scheduled).arg(m_bad)));
    }

    const Context& m_context;
    const ScheduleFile& m_options;
    QIODevice* m_rejects;
    bool m_isTerminal = ::isatty(STDERR_FILENO) == 1;
    QByteArray m_heading;
    std::vector<MessageLine> m_lines;
    QCryptographicHash m_hash{QCryptographicHash::Sha256}; // of the texts of these lines
    qint64 m_firstLine = 0;                                // of these
    qsizetype m_bytes = 0;
    qint64 m_scheduled = 0;
    qint64 m_scheduledBefore = 0; // by a run with the same key
    qint64 m_bad = 0;
    QJsonArray m_named;
};

MessageFormat formatOf(const ScheduleFile& options)
{
    const bool isCsv = options.format.isEmpty()
                           ? options.path.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive)
                           : options.format == u"csv";
    return isCsv ? MessageFormat::Csv : MessageFormat::Ndjson;
}

ExitCode report(const Context& context, const FileScheduler& scheduler, bool dryRun)
{
    if (context.json)
        print(QJsonObject{
            {dryRun ? QStringLiteral("right") : QStringLiteral("scheduled"), scheduler.scheduled()},
            {QStringLiteral("scheduled_before"), scheduler.scheduledBefore()},
            {QStringLiteral("bad"), scheduler.bad()},
            {QStringLiteral("bad_lines"), scheduler.named()}});
    else
        print((dryRun ? Words::tr("%1 lines are right, %2 are bad.")
                      : Words::tr("%1 messages scheduled, %2 bad lines."))
                  .arg(scheduler.scheduled())
                  .arg(scheduler.bad()) +
              (scheduler.scheduledBefore() > 0
                   ? u' ' + Words::tr("An earlier run had scheduled %1.").arg(scheduler.scheduledBefore())
                   : QString()));
    return scheduler.bad() == 0 ? ExitCode::Done : ExitCode::Usage;
}

Error cannotOpen(const QFile& file)
{
    return {ErrorCode::InvalidInput,
            Words::tr("%1 cannot be opened: %2").arg(file.fileName(), file.errorString())};
}

} // namespace

ExitCode scheduleFile(const Context& context, const ScheduleFile& options)
{
    QFile file(options.path);
    const bool opened =
        options.path == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened)
        return failed(cannotOpen(file));
    QFile rejects(options.rejects);
    // A run that goes on adds to what the one before it found.
    const auto how = options.idempotencyKey.isEmpty() ? QIODevice::WriteOnly : QIODevice::Append;
    if (!options.rejects.isEmpty() && !rejects.open(how))
        return failed(cannotOpen(rejects));
    MessageSource source(file, formatOf(options), options.destination);
    FileScheduler scheduler(context, options, options.rejects.isEmpty() ? nullptr : &rejects);
    Result<void> done;
    while (done) {
        auto line = source.next();
        if (!line)
            break;
        done = scheduler.add(std::move(*line), source.heading());
    }
    if (done)
        done = scheduler.flush();
    scheduler.endProgress();
    if (done && !options.rejects.isEmpty() && (!rejects.flush() || rejects.error() != QFile::NoError))
        done =
            failure(ErrorCode::Internal,
                    Words::tr("%1 could not be written: %2").arg(rejects.fileName(), rejects.errorString()));
    const ExitCode code = report(context, scheduler, options.dryRun);
    return done ? code : failed(done.error()); // what was counted until then is stored
}

} // namespace punctual::ctl
