// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/await.h"
#include "app/ctl/command.h"
#include "app/ctl/error_text.h"
#include "app/ctl/output.h"
#include "app/ctl/time_text.h"
#include "client/administration.h"
#include "client/audit_json.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(AuditCommand)
};

using Entries = std::vector<AuditEntry>;
using Seals = std::vector<AuditSeal>;

constexpr int sealsAtOnce = 20; // of up to 10,000 entries each: a call takes about two seconds then

struct ListOptions
{
    AuditFilter filter;
    std::optional<Duration> since;
    int limit = 100;
};

/// What the walk along all seals came to.
struct Verdict
{
    qint64 seals = 0;
    qint64 cut = 0; // of them: retention took their entries away
    qint64 rows = 0;
    std::vector<AuditSeal> broken;
    std::optional<AuditSeal> last;
    bool expectedSeen = false; // a seal has the hash that was noted earlier
};

Result<Entries> entries(const Context& context, const ListOptions& options)
{
    AuditFilter filter = options.filter;
    if (options.since)
        filter.after =
            std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()) - *options.since;
    client::Administration administration(context.installation.address());
    return await<Entries>([&](QObject* receiver, client::Answer<Entries> answer) {
        administration.audit(context.actor, filter, options.limit, receiver, std::move(answer));
    });
}

ExitCode list(const Context& context, const ListOptions& options)
{
    const auto found = entries(context, options);
    if (!found)
        return failed(found.error());
    QJsonArray items;
    std::vector<QStringList> rows{{Words::tr("TIME"), Words::tr("WHO"), Words::tr("FROM"), Words::tr("WHAT"),
                                   Words::tr("OBJECT"), Words::tr("WHY")}};
    for (const auto& entry : *found) {
        items.append(toJson(entry));
        rows.push_back({toLocalText(entry.at), entry.actor, (entry.origin + u' ' + entry.address).trimmed(),
                        entry.action, entry.kind + u' ' + entry.object, entry.reason});
    }
    if (context.json)
        print(QJsonObject{{QStringLiteral("items"), items}});
    else
        print(aligned(rows));
    return ExitCode::Done;
}

Result<Verdict> walk(const Context& context, const QByteArray& expected)
{
    client::Administration administration(context.installation.address());
    Verdict verdict;
    for (;;) {
        const qint64 after = verdict.last ? verdict.last->number : 0;
        const auto seals = await<Seals>([&](QObject* receiver, client::Answer<Seals> answer) {
            administration.checkSeals(context.actor, after, sealsAtOnce, receiver, std::move(answer));
        });
        if (!seals)
            return tl::unexpected(seals.error());
        for (const auto& seal : *seals) {
            ++verdict.seals;
            verdict.rows += seal.found;
            verdict.cut += seal.cut ? 1 : 0;
            verdict.expectedSeen = verdict.expectedSeen || seal.hash == expected;
            if (!seal.intact)
                verdict.broken.push_back(seal);
            verdict.last = seal;
        }
        if (seals->size() < sealsAtOnce)
            return verdict;
    }
}

void printForPeople(const Verdict& verdict, bool isMissing)
{
    for (const auto& seal : verdict.broken)
        print(Words::tr(
                  "Seal %1 of %2 is broken: entries %3 to %4 are not what it was made for (%5 then, %6 now).")
                  .arg(seal.number)
                  .arg(toLocalText(seal.sealedAt))
                  .arg(seal.firstId)
                  .arg(seal.lastId)
                  .arg(seal.rows)
                  .arg(seal.found));
    if (isMissing)
        print(Words::tr("No seal has the hash that was asked for: the audit was cut off or sealed anew."));
    if (verdict.broken.empty() && !isMissing)
        print(Words::tr("All %1 entries under %2 seals are as they were written.")
                  .arg(verdict.rows)
                  .arg(verdict.seals));
    if (verdict.cut > 0)
        print(Words::tr("The entries under the first %1 of them are gone by the audit's retention.")
                  .arg(verdict.cut));
    if (verdict.last)
        print(Words::tr("Last seal: %1 of %2, hash %3")
                  .arg(verdict.last->number)
                  .arg(toLocalText(verdict.last->sealedAt), QString::fromLatin1(verdict.last->hash.toHex())));
}

ExitCode verify(const Context& context, const QString& expected)
{
    const auto verdict = walk(context, QByteArray::fromHex(expected.toLatin1()));
    if (!verdict)
        return failed(verdict.error());
    const bool isMissing = !expected.isEmpty() && !verdict->expectedSeen;
    const bool intact = verdict->broken.empty() && !isMissing;
    if (context.json) {
        QJsonArray broken;
        for (const auto& seal : verdict->broken)
            broken.append(toJson(seal));
        print(QJsonObject{
            {QStringLiteral("intact"), intact},
            {QStringLiteral("seals"), verdict->seals},
            {QStringLiteral("entries"), verdict->rows},
            {QStringLiteral("cut_seals"), verdict->cut},
            {QStringLiteral("broken"), broken},
            {QStringLiteral("last"), verdict->last ? QJsonValue(toJson(*verdict->last)) : QJsonValue()}});
    } else {
        printForPeople(*verdict, isMissing);
    }
    return intact ? ExitCode::Done : ExitCode::Fault;
}

void addList(CommandParser& parent, Command& chosen)
{
    auto command = parent.addCommand("list", Words::tr("Show who changed what, the newest first"));
    const auto options = std::make_shared<ListOptions>();
    command.text("--actor", options->filter.actor, Words::tr("Only of this token or person"));
    command.text("--action", options->filter.action, Words::tr("Only these changes, as in cancel"));
    command.text("--kind", options->filter.kind,
                 Words::tr("Only of these: message, destination, token, settings"));
    command.text("--object", options->filter.object, Words::tr("Only of this id or name"));
    command.text("--origin", options->filter.origin,
                 Words::tr("Only from there: rest, window, command line, sql"));
    command.read("--since", options->since, parseDuration, Words::tr("How far to look back, as in 8h"),
                 "SPAN");
    command.number("--limit", options->limit, 1, 10'000, Words::tr("Rows to give"));
    command.whenGiven([&chosen, options] {
        chosen = [options](const Context& context) { return list(context, *options); };
    });
}

} // namespace

void addAuditCommand(CommandParser& app, Command& chosen)
{
    auto parent = app.addCommand("audit", Words::tr("Who changed what"));
    addList(parent, chosen);
    auto command =
        parent.addCommand("verify", Words::tr("Work all seals out anew: whatever was changed since shows"));
    const auto expected = std::make_shared<QString>();
    command.text("--hash", *expected, Words::tr("Of a seal, noted earlier and elsewhere: it has to be there"),
                 "HEX");
    command.whenGiven([&chosen, expected] {
        chosen = [expected](const Context& context) { return verify(context, *expected); };
    });
}

} // namespace punctual::ctl
