// SPDX-License-Identifier: GPL-3.0-or-later
// Message ids. The sequence of a process only grows, so each test takes times later than those before it.
#include "core/uuid_v7.h"
#include "support/test_main.h"

#include <QSet>

#include <thread>
#include <vector>

using namespace punctual;
using namespace std::chrono;

class UuidV7Test : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasVersionVariantAndTime();
    void isWrittenWithoutBraces();
    void growsWithinOneMillisecond();
    void growsWhenTheClockGoesBack();
    void isUniqueAcrossThreads();

private:
    Instant m_now = sys_days{December / 1 / 2026};
};

void UuidV7Test::hasVersionVariantAndTime()
{
    m_now += 1h;
    const QUuid id = makeUuidV7(m_now + 999us);
    const QByteArray bytes = id.toRfc4122();
    QCOMPARE(static_cast<quint8>(bytes[6]) >> 4, 7);
    QCOMPARE(static_cast<quint8>(bytes[8]) >> 6, 2);
    QCOMPARE(id.variant(), QUuid::DCE);
    QCOMPARE(timeOf(id), m_now);
    // The example of RFC 9562, appendix A.6.
    const auto example = QUuid::fromString(QLatin1StringView("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"));
    QCOMPARE(timeOf(example), Instant{milliseconds(0x017F22E279B0)});
}

void UuidV7Test::isWrittenWithoutBraces()
{
    const QString text =
        toText(QUuid::fromString(QLatin1StringView("{017F22E2-79B0-7CC3-98C4-DC0C0C07398F}")));
    QCOMPARE(text, QStringLiteral("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
}

void UuidV7Test::growsWithinOneMillisecond()
{
    m_now += 1h;
    QByteArray previous = makeUuidV7(m_now).toRfc4122();
    for (int i = 0; i < 10'000; ++i) { // more than the 4,096 that one millisecond has
        const QUuid id = makeUuidV7(m_now);
        QVERIFY(id.toRfc4122() > previous);
        QVERIFY(timeOf(id) - m_now <= 2ms);
        previous = id.toRfc4122();
    }
}

void UuidV7Test::growsWhenTheClockGoesBack()
{
    m_now += 1h;
    const auto first = makeUuidV7(m_now).toRfc4122();
    const auto second = makeUuidV7(m_now - 10min).toRfc4122();
    const auto third = makeUuidV7(m_now + 1ms).toRfc4122();
    QVERIFY(first < second);
    QVERIFY(second < third);
}

void UuidV7Test::isUniqueAcrossThreads()
{
    m_now += 1h;
    std::array<std::vector<QUuid>, 4> made;
    {
        std::vector<std::jthread> threads;
        for (auto& ids : made)
            threads.emplace_back([&ids, now = m_now] {
                for (int i = 0; i < 5'000; ++i)
                    ids.push_back(makeUuidV7(now));
            });
    }
    QSet<QUuid> all;
    for (const auto& ids : made)
        for (const auto& id : ids)
            all.insert(id);
    QCOMPARE(all.size(), 20'000);
}

PUNCTUAL_TEST(UuidV7Test)

#include "uuid_v7_test.moc"
