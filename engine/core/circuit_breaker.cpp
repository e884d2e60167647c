// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/circuit_breaker.h"

#include "core/attempt.h"
#include "core/field_reader.h"

#include <algorithm>

namespace punctual
{

using namespace std::chrono_literals;

namespace
{

constexpr int bucketsInWindow = 10;
constexpr std::size_t fixedFields = 7;
constexpr std::size_t fieldsOfBucket = 3;

constexpr QLatin1StringView fieldRatio("failure_ratio");
constexpr QLatin1StringView fieldMinCalls("min_calls");
constexpr QLatin1StringView fieldWindow("window_ms");
constexpr QLatin1StringView fieldConsecutive("consecutive_failures");
constexpr QLatin1StringView fieldOpen("open_ms");
constexpr QLatin1StringView fieldMaxOpen("max_open_ms");
constexpr QLatin1StringView fieldProbes("probes");

} // namespace

QJsonObject toJson(const CircuitBreakerSettings& settings)
{
    return {
        {fieldRatio, settings.failureRatio},
        {fieldMinCalls, settings.minCalls},
        {fieldWindow, toMilliseconds(settings.window)},
        {fieldConsecutive, settings.consecutiveFailures},
        {fieldOpen, toMilliseconds(settings.open)},
        {fieldMaxOpen, toMilliseconds(settings.maxOpen)},
        {fieldProbes, settings.probes},
    };
}

CircuitBreakerSettings readCircuitBreaker(const QJsonObject& object, const QString& pointer,
                                          std::vector<FieldError>& errors)
{
    FieldReader fields(object, pointer, errors);
    CircuitBreakerSettings settings;
    const auto count = [&](int& target, QLatin1StringView name, int most) {
        if (const auto value = fields.integer(name, 1, most))
            target = static_cast<int>(*value);
    };
    FieldReader::assign(settings.failureRatio, fields.number(fieldRatio, 0.01, 1));
    count(settings.minCalls, fieldMinCalls, 100'000);
    FieldReader::assign(settings.window, fields.milliseconds(fieldWindow, 1s, 1h));
    count(settings.consecutiveFailures, fieldConsecutive, 100'000);
    FieldReader::assign(settings.open, fields.milliseconds(fieldOpen, 100ms, 24h));
    settings.maxOpen = std::max(settings.maxOpen, settings.open);
    FieldReader::assign(settings.maxOpen, fields.milliseconds(fieldMaxOpen, 100ms, 24h));
    count(settings.probes, fieldProbes, 100);
    if (settings.maxOpen < settings.open)
        fields.wrong(fieldMaxOpen, QStringLiteral("is less than open_ms"));
    fields.refuseUnknownFields();
    return settings;
}

QLatin1StringView toText(BreakerState state)
{
    switch (state) {
    case BreakerState::Closed:
        return QLatin1StringView("closed");
    case BreakerState::Open:
        return QLatin1StringView("open");
    case BreakerState::HalfOpen:
        return QLatin1StringView("half_open");
    }
    Q_UNREACHABLE();
}

std::optional<BreakerState> parseBreakerState(QStringView text)
{
    for (const auto state : {BreakerState::Closed, BreakerState::Open, BreakerState::HalfOpen})
        if (toText(state) == text)
            return state;
    return std::nullopt;
}

bool isBreakerFailure(const Exchange& exchange)
{
    return exchange.ending == Exchange::Ending::NotSent || exchange.ending == Exchange::Ending::NoAnswer ||
           (exchange.ending == Exchange::Ending::Answered && exchange.status >= 500);
}

bool concernsBreaker(const Exchange& exchange)
{
    return exchange.ending != Exchange::Ending::NotAllowed && exchange.ending != Exchange::Ending::Outdated;
}

/// The state, taken apart: the fields in their order, then the buckets of the window as (number, successes,
/// failures).
struct CircuitBreaker::Memory
{
    struct Bucket
    {
        qint64 number;
        qint64 successes;
        qint64 failures;
    };

    BreakerState state = BreakerState::Closed;
    Instant until;          // of an open one; of a half-open one, when its probes are given up
    qint64 timesOpened = 0; // since it was closed
    qint64 inARow = 0;      // failures
    qint64 probesOut = 0;   // of which nothing was heard yet
    qint64 probesGood = 0;
    Instant triedSince; // of a half-open one: when its first probe was booked
    std::vector<Bucket> buckets;

    /// Without the buckets.
    static Memory readFields(const LimiterState& state)
    {
        Memory memory;
        if (state.size() < fixedFields)
            return memory;
        memory.state = static_cast<BreakerState>(state[0]);
        memory.until = instantOf(state[1]);
        memory.timesOpened = state[2];
        memory.inARow = state[3];
        memory.probesOut = state[4];
        memory.probesGood = state[5];
        memory.triedSince = instantOf(state[6]);
        return memory;
    }

    static Memory read(const LimiterState& state)
    {
        Memory memory = readFields(state);
        for (std::size_t i = fixedFields; i + fieldsOfBucket <= state.size(); i += fieldsOfBucket)
            memory.buckets.push_back({state[i], state[i + 1], state[i + 2]});
        return memory;
    }

    void write(LimiterState& target) const
    {
        target = {
            static_cast<qint64>(state), toMicroseconds(until), timesOpened, inARow, probesOut, probesGood,
            toMicroseconds(triedSince)};
        for (const auto& bucket : buckets)
            target.insert(target.end(), {bucket.number, bucket.successes, bucket.failures});
    }

    void close() { *this = {}; }

    /// Adds calls to the bucket of now, and forgets those that have left the window or lie ahead of a clock
    /// that was set back.
    void count(qint64 number, qint64 successes, qint64 failures)
    {
        std::erase_if(buckets, [number](const Bucket& bucket) {
            return bucket.number <= number - bucketsInWindow || bucket.number > number;
        });
        if (buckets.empty() || buckets.back().number != number)
            buckets.push_back({number, 0, 0});
        buckets.back().successes += successes;
        buckets.back().failures += failures;
    }
};

void CircuitBreaker::open(Memory& memory, Instant now) const
{
    Duration time = m_settings.open;
    for (qint64 i = 0; i < memory.timesOpened && time < m_settings.maxOpen; ++i)
        time *= 2;
    memory.until = now + std::min(time, m_settings.maxOpen);
    memory.state = BreakerState::Open;
    ++memory.timesOpened;
    memory.inARow = memory.probesOut = memory.probesGood = 0;
    memory.buckets.clear();
}

std::optional<QString> CircuitBreaker::report(LimiterState& state, Instant now, int successes, int failures,
                                              int failuresAtEnd) const
{
    Memory memory = Memory::read(state);
    std::optional<QString> cause;
    if (memory.state == BreakerState::Closed) {
        memory.count(now.time_since_epoch() / (m_settings.window / bucketsInWindow), successes, failures);
        memory.inARow = successes > 0 ? failuresAtEnd : memory.inARow + failures;
        qint64 calls = 0;
        qint64 failed = 0;
        for (const auto& bucket : memory.buckets) {
            calls += bucket.successes + bucket.failures;
            failed += bucket.failures;
        }
        if (memory.inARow >= m_settings.consecutiveFailures)
            cause = QStringLiteral("%1 calls in a row failed").arg(memory.inARow);
        else if (calls >= m_settings.minCalls &&
                 static_cast<double>(failed) >= m_settings.failureRatio * static_cast<double>(calls))
            cause = QStringLiteral("%1 of %2 calls failed within %3 s")
                        .arg(failed)
                        .arg(calls)
                        .arg(toMilliseconds(m_settings.window) / 1000);
    } else if (memory.state == BreakerState::HalfOpen && failures > 0) {
        cause = QStringLiteral("it failed again when it was tried");
    } else if (memory.state == BreakerState::HalfOpen) {
        memory.probesOut = std::max<qint64>(0, memory.probesOut - successes);
        memory.probesGood += successes;
        if (memory.probesGood >= m_settings.probes)
            memory.close();
    } // what comes in while it is open had left before: it says nothing new
    if (cause)
        open(memory, now);
    memory.write(state);
    return cause;
}

int CircuitBreaker::available(const LimiterState& state, Instant now, int wanted) const
{
    const Memory memory = Memory::readFields(state);
    if (memory.state == BreakerState::Closed)
        return wanted;
    if (memory.state == BreakerState::Open)
        return now < memory.until ? 0 : std::min(m_settings.probes, std::max(wanted, 0));
    const qint64 out = now >= memory.until ? 0 : memory.probesOut; // else given up
    return static_cast<int>(
        std::clamp<qint64>(m_settings.probes - memory.probesGood - out, 0, std::max(wanted, 0)));
}

void CircuitBreaker::book(LimiterState& state, Instant now, int calls) const
{
    Memory memory = Memory::read(state);
    if (memory.state == BreakerState::Closed || calls <= 0)
        return;
    if (memory.state == BreakerState::Open) {
        memory.state = BreakerState::HalfOpen;
        memory.triedSince = now;
        memory.probesOut = memory.probesGood = 0;
    } else if (now >= memory.until) {
        memory.probesOut = 0;
    }
    memory.probesOut += calls;
    memory.until = now + m_patience;
    memory.write(state);
}

void CircuitBreaker::giveBack(LimiterState& state, int calls) const
{
    Memory memory = Memory::read(state);
    if (memory.state != BreakerState::HalfOpen)
        return;
    memory.probesOut = std::max<qint64>(0, memory.probesOut - calls);
    memory.write(state);
}

bool CircuitBreaker::isOld(const LimiterState& state, Instant startedAt)
{
    const Memory memory = Memory::readFields(state);
    return memory.state == BreakerState::Open ||
           (memory.state == BreakerState::HalfOpen && startedAt < memory.triedSince);
}

BreakerState CircuitBreaker::stateAt(const LimiterState& state, Instant now)
{
    const Memory memory = Memory::readFields(state);
    return memory.state == BreakerState::Open && memory.until <= now ? BreakerState::HalfOpen : memory.state;
}

std::optional<Instant> CircuitBreaker::reopensAt(const LimiterState& state)
{
    const Memory memory = Memory::readFields(state);
    return memory.state == BreakerState::Open ? std::optional(memory.until) : std::nullopt;
}

std::optional<Instant> CircuitBreaker::nextProbeAt(const LimiterState& state)
{
    const Memory memory = Memory::readFields(state);
    return memory.state == BreakerState::HalfOpen ? std::optional(memory.until) : std::nullopt;
}

} // namespace punctual
