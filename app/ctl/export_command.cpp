// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/message_filter_options.h"
#include "app/ctl/output.h"
#include "core/message_json.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ExportCommand)
};

constexpr int pageSize = 500;

/// Names of fields in the JSON form.
const QStringList& columns()
{
    static const QStringList names{
        QStringLiteral("id"),         QStringLiteral("destination"),  QStringLiteral("state"),
        QStringLiteral("priority"),   QStringLiteral("key"),          QStringLiteral("tags"),
        QStringLiteral("due_at"),     QStringLiteral("created_at"),   QStringLiteral("finished_at"),
        QStringLiteral("attempts"),   QStringLiteral("max_attempts"), QStringLiteral("last_status"),
        QStringLiteral("last_error"), QStringLiteral("cancelled_by"), QStringLiteral("replay_of"),
        QStringLiteral("body_bytes")};
    return names;
}

struct Options
{
    MessageFilter filter;
    QString format = QStringLiteral("ndjson");
    bool content = false;
};

/// In quotes where it has to be (RFC 4180).
QString csvField(const QJsonValue& value)
{
    QString text = value.toVariant().toString();
    if (value.isArray()) {
        QStringList words;
        const auto items = value.toArray();
        for (const auto& item : items)
            words.append(item.toString());
        text = words.join(u';');
    }
    if (!text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n') && !text.contains(u'\r'))
        return text;
    return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QByteArray csvLine(const Message& message)
{
    const auto object = toJson(message);
    QStringList fields;
    for (const auto& name : columns())
        fields.append(csvField(object.value(name)));
    return (fields.join(u',') + u'\n').toUtf8();
}

Result<void> writePage(const Context& context, const Options& options, const std::vector<Message>& items)
{
    for (const auto& item : items) {
        if (options.format == u"csv") {
            write(csvLine(item));
            continue;
        }
        Result<Message> message = item;
        if (options.content)
            message = await<Message>([&](QObject* receiver, client::Answer<Message> answer) {
                context.client.find(context.actor, item.id, receiver, std::move(answer));
            });
        if (!message)
            return tl::unexpected(message.error());
        write(QJsonDocument(toJson(*message)).toJson(QJsonDocument::Compact) + '\n');
    }
    return {};
}

/// Page after page, so that the whole history needs no more memory than one of them.
ExitCode exportAll(const Context& context, const Options& options)
{
    if (options.format == u"csv")
        write(columns().join(u',').toUtf8() + '\n');
    Result<void> written;
    std::optional<MessageCursor> after;
    do {
        const auto page = await<MessagePage>([&](QObject* receiver, client::Answer<MessagePage> answer) {
            context.client.list(context.actor, options.filter, after, pageSize, receiver, std::move(answer));
        });
        if (!page)
            return failed(page.error());
        written = writePage(context, options, page->items).and_then(&whetherWritten);
        if (!written) // nobody gets the rest
            return failed(written.error());
        after = page->next;
    } while (after);
    return ExitCode::Done;
}

} // namespace

void addExportCommand(CommandParser& app, Command& chosen)
{
    auto command = app.addCommand(
        "export", Words::tr("Write messages to standard output, one a line, newest due first"));
    const auto options = std::make_shared<Options>();
    addMessageFilter(command, options->filter);
    auto format = command
                      .text("--format", options->format,
                            Words::tr("ndjson, as the REST API writes them, or csv (ndjson)"))
                      .oneOf({"ndjson", "csv"});
    command.flag("--content", options->content, Words::tr("With body and headers; only for ndjson"))
        .excludes(format);
    command.whenGiven([&chosen, options] {
        chosen = [options](const Context& context) { return exportAll(context, *options); };
    });
}

} // namespace punctual::ctl
