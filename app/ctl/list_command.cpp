// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/message_filter_options.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "core/message_json.h"
#include "core/uuid_v7.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ListCommand)
};

constexpr int longestPage = 500;

struct Options
{
    MessageFilter filter;
    std::optional<MessageCursor> after;
    int limit = 50;
    bool all = false;
};

/// Writes page after page, so that the whole history needs no more memory than one of them.
class PageWriter
{
public:
    explicit PageWriter(bool json)
        : m_json(json)
    {
        if (m_json)
            write("{\"items\":[");
    }

    void add(const std::vector<Message>& items)
    {
        if (items.empty()) // the page may have looked in vain
            return;
        if (m_json)
            addJson(items);
        else
            addRows(items);
        m_isFirst = false;
    }

    void finish(const std::optional<MessageCursor>& next)
    {
        if (m_json)
            write("],\"next_cursor\":" + (next ? '"' + toText(*next).toLatin1() + '"' : QByteArray("null")) +
                  "}\n");
        else if (m_isFirst)
            addRows({});
        if (!m_json && next)
            std::fprintf(
                stderr, "%s\n",
                qUtf8Printable(Words::tr("There are more: --cursor %1, or --all").arg(toText(*next))));
    }

private:
    void addJson(const std::vector<Message>& items)
    {
        bool isFirst = m_isFirst;
        for (const auto& item : items) {
            write((isFirst ? "" : ",") + QJsonDocument(toJson(item)).toJson(QJsonDocument::Compact));
            isFirst = false;
        }
    }

    void addRows(const std::vector<Message>& items)
    {
        std::vector<QStringList> rows;
        if (m_isFirst)
            rows.push_back({Words::tr("ID"), Words::tr("DUE"), Words::tr("STATE"), Words::tr("DESTINATION"),
                            Words::tr("ATTEMPTS"), Words::tr("LAST RESULT"), Words::tr("KEY")});
        for (const auto& item : items)
            rows.push_back({toText(item.id), toLocalText(item.dueAt), toText(item.state), item.destination,
                            QStringLiteral("%1/%2").arg(item.attempts).arg(item.maxAttempts),
                            item.lastStatus != 0 ? QString::number(item.lastStatus) : item.lastError,
                            item.key});
        if (!rows.empty())
            print(aligned(rows));
    }

    bool m_json;
    bool m_isFirst = true;
};

ExitCode list(const Context& context, const Options& options)
{
    PageWriter writer(context.json);
    auto after = options.after;
    int wanted = options.limit;
    do {
        const auto page = await<MessagePage>([&](QObject* receiver, client::Answer<MessagePage> answer) {
            context.client.list(context.actor, options.filter, after, options.all ? longestPage : wanted,
                                receiver, std::move(answer));
        });
        if (!page)
            return failed(page.error());
        writer.add(page->items);
        wanted -= static_cast<int>(page->items.size());
        after = page->next;
    } while (after && (options.all || wanted > 0));
    writer.finish(after);
    return ExitCode::Done;
}

} // namespace

void addListCommand(CommandParser& app, Command& chosen)
{
    auto command = app.addCommand("list", Words::tr("List messages, newest due first"));
    const auto options = std::make_shared<Options>();
    addMessageFilter(command, options->filter);
    const auto takeCursor = [options](const QString& text) {
        options->after = parseMessageCursor(text);
        if (!options->after)
            refuse("--cursor", Words::tr("is not a cursor of an earlier page"));
    };
    command.take("--cursor", takeCursor, Words::tr("Go on after an earlier page"), "CURSOR");
    auto limit = command.number("--limit", options->limit, 1, longestPage, Words::tr("Rows to give"));
    command.flag("--all", options->all, Words::tr("Give all of them")).excludes(limit);
    command.whenGiven([&chosen, options] {
        chosen = [options](const Context& context) { return list(context, *options); };
    });
}

} // namespace punctual::ctl
