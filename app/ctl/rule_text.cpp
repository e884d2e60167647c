// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/rule_text.h"

#include <QCoreApplication>

namespace punctual::ctl
{

namespace
{

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(RuleText)
};

QString describe(const CircuitBreakerSettings& breaker)
{
    return Words::tr("opens at %1 % failures of %2 or more calls in %3, or %4 in a row, for %5 to %6")
               .arg(breaker.failureRatio * 100)
               .arg(breaker.minCalls)
               .arg(toText(breaker.window))
               .arg(breaker.consecutiveFailures)
               .arg(toText(breaker.open), toText(breaker.maxOpen)) +
           QStringLiteral("; ") + Words::tr("closes after probes: %1").arg(breaker.probes);
}

QString describe(const KeyOrder& order)
{
    QString text = toText(order.onFailure);
    if (order.onFailure == OnHeadFailure::Skip)
        text += u' ' + Words::tr("after attempts: %1").arg(order.skipAfter);
    return text;
}

QString describe(const Batching& batching)
{
    return Words::tr("%1, up to %2 messages or %3")
        .arg(toText(batching.format))
        .arg(batching.maxMessages)
        .arg(toText(batching.maxWait));
}

QString delaysOf(const RetryPolicy& retry)
{
    const QString jitter = retry.fullJitter ? Words::tr("full") : QString::number(retry.jitter);
    if (retry.backoff != Backoff::List)
        return Words::tr("%1, from %2 to %3, factor %4, jitter %5")
            .arg(toText(retry.backoff), toText(retry.initialDelay), toText(retry.maxDelay))
            .arg(retry.factor)
            .arg(jitter);
    QStringList delays;
    for (const Duration delay : retry.delays)
        delays.append(toText(delay));
    return Words::tr("%1: %2; jitter %3")
        .arg(toText(retry.backoff), delays.join(QStringLiteral(", ")), jitter);
}

QString describe(const StatusCodes& codes)
{
    QStringList texts;
    const auto array = codes.toJson();
    for (const auto& code : array)
        texts.append(code.isString() ? code.toString() : QString::number(code.toInt()));
    return texts.join(QStringLiteral(", "));
}

QString describe(const Authentication& authentication)
{
    switch (authentication.type) {
    case Authentication::Type::Bearer:
        return Words::tr("bearer token");
    case Authentication::Type::Basic:
        return Words::tr("basic, as %1").arg(QString::fromUtf8(authentication.name));
    case Authentication::Type::Header:
        return Words::tr("header %1").arg(QString::fromUtf8(authentication.name));
    }
    Q_UNREACHABLE();
}

QString describe(const Tls& tls)
{
    QStringList parts;
    parts.append(tls.verify ? Words::tr("verified") : Words::tr("NOT verified"));
    if (!tls.caCertificate.isEmpty())
        parts.append(Words::tr("own CA"));
    if (!tls.clientCertificate.isEmpty())
        parts.append(Words::tr("client certificate"));
    return parts.join(QStringLiteral(", "));
}

QString signingOf(const Credentials& credentials)
{
    if (credentials.signingSecret.isEmpty())
        return {};
    return credentials.previousSigningSecret.isEmpty() ? Words::tr("yes")
                                                       : Words::tr("yes, with two secrets");
}

} // namespace

QString describe(const RateLimit& rate)
{
    QString algorithm = toText(rate.algorithm);
    if (rate.algorithm == RateAlgorithm::TokenBucket)
        algorithm += Words::tr(", burst %1").arg(rate.burst);
    return Words::tr("%1 in %2 (%3)").arg(rate.limit).arg(toText(rate.per), algorithm);
}

QString describe(const Quota& quota)
{
    return Words::tr("%1 a %2 (%3)")
        .arg(quota.limit)
        .arg(toText(quota.per), QString::fromLatin1(quota.timeZone));
}

std::vector<QStringList> rulesOf(const Destination& destination)
{
    std::vector<QStringList> rules;
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty())
            rules.push_back({name, value});
    };
    const auto addIf = [&](const QString& name, const auto& rule) {
        if (rule)
            add(name, describe(*rule));
    };
    const auto& retry = destination.retry;
    addIf(Words::tr("Rate limit"), destination.rateLimit);
    addIf(Words::tr("Quota"), destination.quota);
    addIf(Words::tr("Circuit breaker"), destination.circuitBreaker);
    add(Words::tr("When a head fails"), describe(destination.order));
    addIf(Words::tr("Batches"), destination.batching);
    add(Words::tr("Max attempts"), QString::number(retry.maxAttempts));
    add(Words::tr("Backoff"), delaysOf(retry));
    add(Words::tr("Max age"), retry.maxAge ? toText(*retry.maxAge) : QString());
    add(Words::tr("Retried"), describe(retry.retryOn));
    add(Words::tr("Refused"), describe(retry.refuseOn));
    add(Words::tr("Stops at"), describe(retry.stopOn));
    add(Words::tr("On unknown"), toText(destination.onUnknown));
    add(Words::tr("TLS"), describe(destination.tls));
    addIf(Words::tr("Authentication"), destination.credentials.authentication);
    add(Words::tr("Signed"), signingOf(destination.credentials));
    return rules;
}

} // namespace punctual::ctl
