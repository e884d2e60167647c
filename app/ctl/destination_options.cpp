// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/destination_options.h"

#include "app/ctl/input_file.h"
#include "core/time.h"

#include <QJsonDocument>

namespace punctual::ctl
{

namespace
{

constexpr qint64 longestRequest = qint64{1024} * 1024;
constexpr qint64 longestSecret = qint64{64} * 1024; // a private key or a chain of certificates

/// Lays the fields over those that the object has of this name.
void lay(QJsonObject& target, const QString& name, const QJsonObject& fields)
{
    if (fields.isEmpty())
        return;
    QJsonObject whole = target.value(name).toObject();
    for (auto field = fields.begin(); field != fields.end(); ++field)
        whole.insert(field.key(), field.value());
    target.insert(name, whole);
}

} // namespace

DestinationOptions::DestinationOptions(const app::CommandParser& command)
    : m_command(command)
    , m_plain(command)
    , m_rateLimit(command)
    , m_quota(command)
    , m_breaker(command)
    , m_order(command)
    , m_batch(command)
    , m_retry(command)
    , m_tls(command)
    , m_bearer(command)
{
    addFrom();
    addRequest();
    addLimits();
    addBreaker();
    addOrderAndBatch();
    addRetry();
    addCredentials();
}

void DestinationOptions::addFrom()
{
    const auto take = [from = m_from](const QString& path) {
        QByteArray text = readInput("--from", path, longestRequest);
        if (text.size() > longestRequest)
            app::refuse("--from", tr("is longer than %1 bytes").arg(longestRequest));
        if (text.startsWith("\xEF\xBB\xBF")) // a byte order mark, as some editors write it
            text.remove(0, 3);
        QJsonParseError error{};
        const auto document = QJsonDocument::fromJson(text, &error);
        if (error.error != QJsonParseError::NoError)
            app::refuse("--from",
                        tr("is not JSON at byte %1: %2").arg(error.offset).arg(error.errorString()));
        if (!document.isObject())
            app::refuse("--from", tr("is not a JSON object"));
        *from = document.object();
    };
    m_command.take("--from", take,
                   tr("File with the JSON of the REST API, over which options go; - is standard input"),
                   "FILE");
}

void DestinationOptions::addRequest()
{
    m_plain.text("--url", QStringLiteral("url"), tr("Where it is"));
    m_plain.text("--method", QStringLiteral("method"), tr("POST, PUT, PATCH, GET or DELETE"));
    m_plain.headers("--header", QStringLiteral("headers"), tr("Header to send; may be repeated"));
    m_plain.span("--timeout", QStringLiteral("timeout_ms"), tr("For a whole attempt"));
    m_plain.integer("--max-concurrency", QStringLiteral("max_concurrency"),
                    tr("Requests in flight on one node"));
    m_plain.flag("--http2", QStringLiteral("http2"), tr("Use HTTP/2 if the other side has it"));
    m_plain.flag("--allow-private-addresses", QStringLiteral("allow_private_addresses"),
                 tr("Let it be on this machine or in a private network"));
    m_plain.text("--on-unknown", QStringLiteral("on_unknown"),
                 tr("When no answer comes: retry, or hold for a person"));
}

void DestinationOptions::addFraction(const FieldOptions& group, const char* flag, const QString& description,
                                     const char* type, const ReadRest& readRest)
{
    const auto take = [fields = group.fields(), flag, type, readRest](const QString& text) {
        bool isNumber = false;
        const qint64 limit = text.section(u'/', 0, 0).toLongLong(&isNumber);
        const QString rest = text.section(u'/', 1);
        if (!isNumber || rest.isEmpty() || !readRest(*fields, rest))
            app::refuse(flag, tr("is not of the form %1").arg(QLatin1String(type)));
        fields->insert(QStringLiteral("limit"), limit);
    };
    m_command.take(flag, take, description, type);
}

void DestinationOptions::addLimits()
{
    addFraction(m_rateLimit, "--rate-limit", tr("Calls in a span, as in 100/1s or 100/s"), "NUMBER/SPAN",
                [](QJsonObject& fields, const QString& rest) {
                    const auto per = parseDuration(rest.front().isDigit() ? rest : u'1' + rest);
                    if (per)
                        fields.insert(QStringLiteral("per_ms"), toMilliseconds(*per));
                    return per.has_value();
                });
    m_rateLimit.text("--rate-algorithm", QStringLiteral("algorithm"),
                     tr("token_bucket, leaky_bucket, fixed_window, sliding_window or sliding_log"));
    m_rateLimit.integer("--burst", QStringLiteral("burst"),
                        tr("Calls at once, of a token_bucket; the limit by default"));
    addFraction(m_quota, "--quota", tr("Calls in a period, as in 100000/day"), "NUMBER/PERIOD",
                [](QJsonObject& fields, const QString& rest) {
                    fields.insert(QStringLiteral("per"), rest);
                    return true;
                });
    m_quota.text("--quota-time-zone", QStringLiteral("time_zone"),
                 tr("In which its periods begin, as in Asia/Singapore; UTC by default"));
}

void DestinationOptions::addBreaker()
{
    m_command.flag("--breaker", *m_hasBreaker, tr("Leave it alone for a while when it fails"));
    m_breaker.number("--breaker-failure-ratio", QStringLiteral("failure_ratio"),
                     tr("Share of failures at which it opens, 0.01 to 1"));
    m_breaker.integer("--breaker-min-calls", QStringLiteral("min_calls"),
                      tr("In the window, before the ratio counts"));
    m_breaker.span("--breaker-window", QStringLiteral("window_ms"), tr("In which the ratio is counted"));
    m_breaker.integer("--breaker-consecutive-failures", QStringLiteral("consecutive_failures"),
                      tr("Failures in a row at which it opens"));
    m_breaker.span("--breaker-open", QStringLiteral("open_ms"), tr("How long it is open at first"));
    m_breaker.span("--breaker-max-open", QStringLiteral("max_open_ms"), tr("How long it is open at most"));
    m_breaker.integer("--breaker-probes", QStringLiteral("probes"),
                      tr("Calls that have to succeed before it closes"));
}

void DestinationOptions::addOrderAndBatch()
{
    m_order.text("--order", QStringLiteral("on_failure"),
                 tr("What a failing message does to those behind it of its key: block, skip or park"));
    m_order.integer("--skip-after", QStringLiteral("skip_after"),
                    tr("Attempts after which it is skipped, for --order skip"));
    m_batch.text("--batch", QStringLiteral("format"),
                 tr("Several messages in one call: json_array or ndjson"));
    m_batch.integer("--batch-max-messages", QStringLiteral("max_messages"), tr("In one call"));
    m_batch.span("--batch-max-wait", QStringLiteral("max_wait_ms"), tr("For others, from the first one on"));
}

void DestinationOptions::addRetry()
{
    m_retry.integer("--max-attempts", QStringLiteral("max_attempts"), tr("Before a message is dead"));
    m_retry.text("--backoff", QStringLiteral("backoff"), tr("exponential, fixed or list"));
    m_retry.span("--initial-delay", QStringLiteral("initial_delay_ms"), tr("Before the second attempt"));
    m_retry.number("--factor", QStringLiteral("factor"), tr("By which each further delay is longer"));
    m_retry.span("--max-delay", QStringLiteral("max_delay_ms"), tr("The longest delay"));
    m_retry.numberOrText("--jitter", QStringLiteral("jitter"),
                         tr("Part of a delay that is random, 0 to 1, or full"));
    m_retry.spans("--delays", QStringLiteral("delays_ms"), tr("For the backoff list, as in 1s,10s,5m"));
    m_retry.span("--max-age", QStringLiteral("max_age_ms"), tr("After the due time, for the last attempt"));
    m_retry.codes("--retry-on", QStringLiteral("retry_on"),
                  tr("Status codes worth another attempt, as in 429,5xx"));
    m_retry.codes("--refuse-on", QStringLiteral("refuse_on"), tr("Status codes that refuse a message"));
    m_retry.codes("--stop-on", QStringLiteral("stop_on"),
                  tr("Status codes after which nothing more is sent there"));
}

void DestinationOptions::addCredentials()
{
    // Values themselves would be seen in the list of processes and in the history of the shell.
    m_plain.file("--signing-secret", QStringLiteral("signing_secret"), longestSecret,
                 tr("File with the whsec_... that signs requests; - is standard input"));
    m_plain.file("--previous-signing-secret", QStringLiteral("previous_signing_secret"), longestSecret,
                 tr("File with a second one, while receivers change over"));
    m_bearer.file("--bearer-token", QStringLiteral("token"), longestSecret,
                  tr("File with the token for Authorization: Bearer"));
    m_tls.file("--ca-certificate", QStringLiteral("ca_certificate"), longestSecret,
               tr("File in PEM form; only what these have signed is trusted"));
    m_tls.file("--client-certificate", QStringLiteral("client_certificate"), longestSecret,
               tr("File in PEM form, with its chain"));
    m_tls.file("--client-key", QStringLiteral("client_key"), longestSecret,
               tr("File in PEM form, of the client certificate"));
    m_tls.flag("--insecure", QStringLiteral("verify"),
               tr("Do not verify its certificate: anybody in between can read and change everything"), false);
}

QJsonObject DestinationOptions::fields() const
{
    QJsonObject whole = *m_from;
    const QJsonObject& plain = *m_plain.fields();
    for (auto field = plain.begin(); field != plain.end(); ++field) {
        if (field->isObject())
            lay(whole, field.key(), field->toObject());
        else
            whole.insert(field.key(), field.value());
    }
    lay(whole, QStringLiteral("rate_limit"), *m_rateLimit.fields());
    lay(whole, QStringLiteral("quota"), *m_quota.fields());
    if (*m_hasBreaker && !whole.value(QStringLiteral("circuit_breaker")).isObject())
        whole.insert(QStringLiteral("circuit_breaker"), QJsonObject());
    lay(whole, QStringLiteral("circuit_breaker"), *m_breaker.fields());
    lay(whole, QStringLiteral("order"), *m_order.fields());
    lay(whole, QStringLiteral("batch"), *m_batch.fields());
    lay(whole, QStringLiteral("retry"), *m_retry.fields());
    lay(whole, QStringLiteral("tls"), *m_tls.fields());
    if (!m_bearer.fields()->isEmpty()) {
        QJsonObject authentication = *m_bearer.fields();
        authentication.insert(QStringLiteral("type"), QStringLiteral("bearer"));
        whole.insert(QStringLiteral("authentication"), authentication);
    }
    return whole;
}

} // namespace punctual::ctl
