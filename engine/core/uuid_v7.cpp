// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uuid_v7.h"

#include <QRandomGenerator>
#include <QtEndian>

#include <array>
#include <mutex>

namespace punctual
{

namespace
{

struct Sequence
{
    std::mutex mutex;
    qint64 millisecond = 0;
    quint16 counter = 0;
};

constexpr quint16 counterLimit = 0x1000; // 12 bits of rand_a

/// The next (millisecond, counter) pair: strictly greater than every pair before it.
std::pair<qint64, quint16> next(Instant now)
{
    static Sequence sequence;
    const qint64 millisecond = now.time_since_epoch() / std::chrono::milliseconds(1);
    const std::scoped_lock lock(sequence.mutex);
    if (millisecond > sequence.millisecond) {
        sequence.millisecond = millisecond;
        sequence.counter = 0;
    } else if (++sequence.counter == counterLimit) {
        ++sequence.millisecond;
        sequence.counter = 0;
    }
    return {sequence.millisecond, sequence.counter};
}

} // namespace

QUuid makeUuidV7(Instant now)
{
    const auto [millisecond, counter] = next(now);
    std::array<quint8, 16> bytes{};
    qToBigEndian(static_cast<quint64>(millisecond) << 16 | 0x7000U | counter, bytes.data());
    const quint64 random = QRandomGenerator::system()->generate64();
    qToBigEndian((random & 0x3FFF'FFFF'FFFF'FFFFULL) | 0x8000'0000'0000'0000ULL, bytes.data() + 8);
    return QUuid::fromRfc4122(QByteArrayView(bytes));
}

Instant timeOf(const QUuid& uuidV7)
{
    const QByteArray bytes = uuidV7.toRfc4122();
    const auto head = qFromBigEndian<quint64>(bytes.constData());
    return Instant{std::chrono::milliseconds(static_cast<qint64>(head >> 16))};
}

} // namespace punctual
