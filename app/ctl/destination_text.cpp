// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/destination_text.h"

#include "app/ctl/time_text.h"

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

} // namespace

std::vector<QStringList> rowsOf(const std::vector<Destination>& destinations)
{
    std::vector<QStringList> rows{
        {Words::tr("NAME"), Words::tr("METHOD"), Words::tr("URL"), Words::tr("PAUSED")}};
    for (const auto& destination : destinations)
        rows.push_back({destination.name, QString::fromLatin1(destination.method), destination.url,
                        pauseOf(destination)});
    return rows;
}

std::vector<QStringList> factsOf(const Destination& destination)
{
    const auto& retry = destination.retry;
    std::vector<QStringList> facts{
        {Words::tr("Destination"), destination.name},
        {Words::tr("URL"), destination.url},
        {Words::tr("Method"), QString::fromLatin1(destination.method)},
        {Words::tr("Timeout"), toText(destination.timeout)},
        {Words::tr("Max concurrency"), QString::number(destination.maxConcurrency)},
        {Words::tr("HTTP/2"), yesOrNo(destination.http2)},
        {Words::tr("Private addresses"),
         destination.allowPrivateAddresses ? Words::tr("allowed") : Words::tr("refused")},
        {Words::tr("Max attempts"), QString::number(retry.maxAttempts)},
        {Words::tr("Backoff"),
         Words::tr("%1, from %2 to %3, factor %4, jitter %5")
             .arg(toText(retry.backoff), toText(retry.initialDelay), toText(retry.maxDelay))
             .arg(retry.factor)
             .arg(retry.jitter)},
        {Words::tr("On unknown"), toText(destination.onUnknown)},
        {Words::tr("Paused"), pauseOf(destination)},
    };
    const auto headers = toJson(destination.headers);
    for (auto header = headers.begin(); header != headers.end(); ++header)
        facts.push_back(
            {Words::tr("Header"), header.key() + QStringLiteral(": ") + header.value().toString()});
    return facts;
}

} // namespace punctual::ctl
