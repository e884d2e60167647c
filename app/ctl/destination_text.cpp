// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/destination_text.h"

#include "app/ctl/lane_text.h"
#include "app/ctl/rule_text.h"
#include "app/ctl/time_text.h"
#include "core/credentials_json.h"

#include <QCoreApplication>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DestinationText)
};

QString pauseOf(const Destination& destination)
{
    if (!destination.pause)
        return Words::tr("no");
    QString text = destination.pause->until
                       ? Words::tr("until %1").arg(toLocalText(*destination.pause->until))
                       : Words::tr("yes");
    if (!destination.pause->by.isEmpty())
        text += Words::tr(", by %1").arg(destination.pause->by);
    if (!destination.pause->reason.isEmpty())
        text += QStringLiteral(": ") + destination.pause->reason;
    return text;
}

QString yesOrNo(bool value)
{
    return value ? Words::tr("yes") : Words::tr("no");
}

QString orDash(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("-") : text;
}

} // namespace

std::vector<QStringList> rowsOf(const std::vector<Destination>& destinations, Instant now)
{
    std::vector<QStringList> rows{{Words::tr("NAME"), Words::tr("METHOD"), Words::tr("URL"),
                                   Words::tr("PAUSED"), Words::tr("RATE LIMIT"), Words::tr("QUOTA"),
                                   Words::tr("BREAKER"), Words::tr("HELD"), Words::tr("WARNINGS")}};
    for (const auto& destination : destinations)
        rows.push_back({destination.name, QString::fromLatin1(destination.method), destination.url,
                        pauseOf(destination),
                        orDash(destination.rateLimit ? describe(*destination.rateLimit) : QString()),
                        orDash(quotaOf(destination, now)), orDash(breakerOf(destination.lane, now)),
                        orDash(holdOf(destination.lane, now)),
                        orDash(warningsOf(destination).join(QStringLiteral("; ")))});
    return rows;
}

std::vector<QStringList> factsOf(const Destination& destination, Instant now)
{
    std::vector<QStringList> facts{
        {Words::tr("Destination"), destination.name},
        {Words::tr("URL"), destination.url},
        {Words::tr("Method"), QString::fromLatin1(destination.method)},
        {Words::tr("Timeout"), toText(destination.timeout)},
        {Words::tr("Max concurrency"), QString::number(destination.maxConcurrency)},
        {Words::tr("HTTP/2"), yesOrNo(destination.http2)},
        {Words::tr("Private addresses"),
         destination.allowPrivateAddresses ? Words::tr("allowed") : Words::tr("refused")},
    };
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty())
            facts.push_back({name, value});
    };
    const auto headers = toJson(destination.headers); // credentials are hidden
    for (auto header = headers.begin(); header != headers.end(); ++header)
        add(Words::tr("Header"), header.key() + QStringLiteral(": ") + header.value().toString());
    const auto rules = rulesOf(destination);
    facts.insert(facts.end(), rules.begin(), rules.end());
    add(Words::tr("Paused"), pauseOf(destination));
    add(Words::tr("Quota used"), quotaOf(destination, now));
    add(Words::tr("Quota lasts"), quotaPaceOf(destination, now));
    add(Words::tr("Breaker is"), breakerOf(destination.lane, now));
    add(Words::tr("Held"), holdOf(destination.lane, now));
    add(Words::tr("It says of itself"), providerOf(destination.lane));
    const auto warnings = warningsOf(destination);
    for (const auto& warning : warnings)
        add(Words::tr("Warning"), warning);
    return facts;
}

} // namespace punctual::ctl
