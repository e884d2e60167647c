// SPDX-License-Identifier: GPL-3.0-or-later
// Header fields of callers and of third parties' answers, a line each.
#include "api/bearer_token.h"
#include "api/trace_context.h"
#include "core/field_reader.h"
#include "core/header.h"
#include "core/provider_limits.h"
#include "core/retry_after.h"
#include "delivery/answer_headers.h"
#include "expect.h"

using namespace punctual;
using namespace std::chrono_literals;
using fuzz::expect;

namespace
{

constexpr Instant now{1'800'000'000s};

/// What ends up in a request may not end its line.
void tryOwn(const QByteArray& name, const QByteArray& value)
{
    const QString text = QString::fromUtf8(value);
    if (problemOfHeader(name, text))
        return;
    for (const char wrong : {'\r', '\n', '\0'})
        expect(!name.contains(wrong) && !text.toUtf8().contains(wrong), "a header stays on its line");
    expect(!name.isEmpty() && !name.contains(' ') && !name.contains(':'), "a name is a token");
}

void tryFields(const QByteArray& name, const QByteArray& value)
{
    const QJsonObject object{
        {QStringLiteral("headers"), QJsonObject{{QString::fromUtf8(name), QString::fromUtf8(value)}}}};
    std::vector<FieldError> errors;
    FieldReader fields(object, QString(), errors);
    const auto headers = fields.headers(QLatin1StringView("headers"));
    expect(headers && headers->size() == (errors.empty() ? 1U : 0U),
           "a header is read, or what is wrong is said");
}

void tryCaller(const QByteArray& name, const QByteArray& value)
{
    api::Request request;
    request.headers.insert(name.toLower(), value);
    request.headers.insert(QByteArrayLiteral("authorization"), value);
    request.headers.insert(QByteArrayLiteral("traceparent"), value);
    expect(api::bearerToken(request).size() <= 512, "a token has its limit");
    const auto messages = api::withTraceOf(request, {NewMessage()});
    for (const auto& header : messages.front().content.headers)
        expect(!header.value.contains('\n') && !header.value.contains('\r'), "a trace stays on its line");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const QByteArray all(reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(size));
    delivery::AnswerHeaders answer;
    const auto lines = all.split('\n');
    for (const auto& line : lines) {
        answer.read(line + '\n');
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(colon);
        const QByteArray value = colon < 0 ? QByteArray() : line.sliced(colon + 1).trimmed();
        tryOwn(name, value);
        tryFields(name, value);
        tryCaller(name, value);
    }
    const auto kept = answer.take();
    expect(kept.size() <= delivery::AnswerHeaders::most + 1, "only so many are kept");
    const auto limits = readProviderLimits(kept, now);
    expect(limits.limit != 0, "a limit is never nothing");
    expect(!limits.resetAt || *limits.resetAt <= now + mostResetAhead, "a reset is within its limits");
    return 0;
}
