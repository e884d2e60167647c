// SPDX-License-Identifier: GPL-3.0-or-later
// Times as callers and third parties write them.
#include "core/http_date.h"
#include "core/retry_after.h"
#include "core/time.h"
#include "expect.h"

using namespace punctual;
using namespace std::chrono_literals;
using fuzz::expect;

namespace
{

constexpr Instant now{1'800'000'000s};

void tryRfc3339(const QString& text)
{
    const auto instant = parseRfc3339(text);
    if (!instant)
        return;
    const auto again = parseRfc3339(toRfc3339(*instant));
    expect(again.has_value(), "a time that is written can be read");
    expect(*again <= *instant && *instant - *again < 1ms, "a time comes back to the millisecond");
}

void tryDurations(const QString& text)
{
    const auto duration = parseDuration(text);
    if (!duration)
        return;
    expect(*duration >= Duration{}, "no duration is negative");
    (void)toText(*duration);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const QByteArray raw(reinterpret_cast<const char*>(bytes), static_cast<qsizetype>(size));
    const QString text = QString::fromUtf8(raw);
    tryRfc3339(text);
    tryDurations(text);
    (void)parseHttpDate(text, now);
    if (const auto pause = parseRetryAfter(raw, now))
        expect(*pause >= Duration{} && *pause <= mostRetryAfter, "a pause is within its limits");
    return 0;
}
