// SPDX-License-Identifier: GPL-3.0-or-later
// What a caller of the stream of events is given, and the places in it.
#include "api/event_stream.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::api;
using namespace std::chrono_literals;

namespace
{

std::shared_ptr<const ChangeSet> setOf(qint64 id, qint64 count)
{
    ChangeSet set{{7, id, 0}, Instant(1000s), QStringLiteral("orders"), MessageState::Delivered, {}};
    for (qint64 i = 0; i < count; ++i)
        set.ids.push_back(QUuid::createUuid());
    return std::make_shared<const ChangeSet>(std::move(set));
}

QByteArray readAll(EventStream& stream)
{
    QByteArray all;
    QByteArray part(1000, '\0');
    for (qsizetype size = stream.read(part.data(), part.size()); size > 0;
         size = stream.read(part.data(), part.size()))
        all += part.left(size);
    return all;
}

} // namespace

class EventStreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsBehindAPlace();
    void bringsPlacesThrough_data();
    void bringsPlacesThrough();
};

void EventStreamTest::readsWhatIsBehindAPlace()
{
    EventStream stream({});
    const auto set = setOf(3, 200);
    stream.add(set, {7, 3, 150});
    stream.add(setOf(4, 1), {7, 5, 0}); // behind which it is not
    QCOMPARE(stream.behind(), 50);
    const QByteArray text = readAll(stream);
    QCOMPARE(text.count("event: change"), 50);
    QVERIFY(text.contains("id: 7-3-151\n"));
    QVERIFY(text.contains("id: 7-4-0\n")); // behind the last one
    QVERIFY(text.contains(set->ids.back().toByteArray(QUuid::WithoutBraces)));
    QCOMPARE(stream.behind(), 0);
}

void EventStreamTest::bringsPlacesThrough_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isPlace");
    QTest::newRow("a place") << "7001-12-3" << true;
    QTest::newRow("the greatest") << "18446744073709551615-9223372036854775807-9223372036854775807" << true;
    QTest::newRow("too great") << "18446744073709551616-1-1" << false;
    QTest::newRow("nothing") << "" << false;
    QTest::newRow("leading zeros") << "07-1-1" << false;
    QTest::newRow("a sign") << "+7-1-1" << false;
    QTest::newRow("words") << "a-b-c" << false;
}

void EventStreamTest::bringsPlacesThrough()
{
    QFETCH(const QString, text);
    const auto place = parseChangePlace(text);
    QTEST(place.has_value(), "isPlace");
    if (place)
        QCOMPARE(toText(*place), text);
}

PUNCTUAL_TEST(EventStreamTest)
#include "event_stream_test.moc"
