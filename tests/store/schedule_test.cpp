// SPDX-License-Identifier: GPL-3.0-or-later
// Scheduling and reading back.
#include "store/administration_queries.h"
#include "store_fixture.h"

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class ScheduleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEverythingVerbatim();
    void keepsTheMicrosecond();
    void aDelayCountsFromTheStoring();
    void aDueTimeOfTheLastMinuteMeansNow();
    void refusesTheWholeBatchAndNamesEveryBadItem();
    void theSameIdempotencyKeyStoresOnce();
    void theSameKeyWithOtherContentIsRefused();
    void listsNewestDueFirstInPages();
    void filters_data();
    void filters();
    void sqlInTextIsText();
    void sqlSchedulesInATransactionOfItsOwn();
    void sqlIsToldWhatIsWrong_data();
    void sqlIsToldWhatIsWrong();
    void sqlMayGoToTheLimits();
    void oneBadHeaderIsFoundInABatch();
    void aSmallBatchIsFoundInTheAuditByAnyOfItsMessages();
    void countsStayTrue();

private:
    StoreFixture m_fixture;
};

void ScheduleTest::keepsEverythingVerbatim()
{
    auto message = messageFor(QStringLiteral("orders"), 1h);
    QByteArray bytes;
    for (int i = 0; i < 256; ++i)
        bytes += static_cast<char>(i);
    message.content = {bytes, "application/x-odd; a=\"b\\c\"", {{"X-B", "2, \"x\""}, {"X-A", "1\\"}}};
    message.priority = Priority::Low;
    message.key = QStringLiteral("customer {12}, \"x\" \\ é");
    message.tags = {QStringLiteral("a,b"), QStringLiteral("c\"d"), QStringLiteral("NULL"),
                    QStringLiteral("ü\\")};
    message.expiresAfter = 90s;
    message.maxAttempts = 9;
    const auto id = m_fixture.schedule(message);
    const auto found = store::find(m_fixture.connection, id).value().value();
    QCOMPARE(found.content->body, bytes);
    QCOMPARE(found.content->type, message.content.type);
    QVERIFY(found.content->headers == message.content.headers);
    QCOMPARE(found.priority, Priority::Low);
    QCOMPARE(found.key, message.key);
    QCOMPARE(found.tags, message.tags);
    QCOMPARE(found.expiresAfter, std::optional<Duration>(90s));
    QCOMPARE(found.maxAttempts, 9);
    QCOMPARE(found.bodySize, 256);
    QCOMPARE(found.state, MessageState::Scheduled);
    QVERIFY(!found.finishedAt);
    QCOMPARE(found.nextAttemptAt, std::optional(found.dueAt));
}

void ScheduleTest::keepsTheMicrosecond()
{
    for (const auto part : {0us, 1us, 499'999us, 999'999us}) {
        const Instant due = std::chrono::ceil<std::chrono::days>(systemNow()) + 24h * 300 + part;
        const auto id = m_fixture.schedule(messageFor(QStringLiteral("orders"), due));
        QCOMPARE(store::find(m_fixture.connection, id).value()->dueAt, due);
    }
}

void ScheduleTest::aDelayCountsFromTheStoring()
{
    const auto message = messageFor(QStringLiteral("orders"), Duration(10 * 24h + 1us));
    const auto scheduled = store::schedule(m_fixture.connection, {message}, std::nullopt).value();
    QCOMPARE(scheduled.items[0].dueAt - scheduled.createdAt, Duration(10 * 24h + 1us));
}

void ScheduleTest::aDueTimeOfTheLastMinuteMeansNow()
{
    const auto message = messageFor(QStringLiteral("orders"), systemNow() - 50s);
    const auto scheduled = store::schedule(m_fixture.connection, {message}, std::nullopt).value();
    QCOMPARE(scheduled.items[0].dueAt, scheduled.createdAt);
}

void ScheduleTest::refusesTheWholeBatchAndNamesEveryBadItem()
{
    const auto before =
        m_fixture.database.value(QStringLiteral("SELECT count(*) FROM punctual.messages")).toInt();
    const auto refused =
        store::schedule(m_fixture.connection,
                        {messageFor(QStringLiteral("orders")), messageFor(QStringLiteral("nobody")),
                         messageFor(QStringLiteral("orders"), systemNow() - 2min),
                         messageFor(QStringLiteral("orders"), systemNow() + 24h * 400),
                         messageFor(QStringLiteral("orders"), Duration(24h * 400))},
                        std::nullopt);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    const auto& fields = refused.error().fields;
    QCOMPARE(fields.size(), std::size_t(4));
    QCOMPARE(fields[0].pointer, QStringLiteral("/messages/1/destination"));
    QCOMPARE(fields[1].pointer, QStringLiteral("/messages/2/due_at"));
    QCOMPARE(fields[2].pointer, QStringLiteral("/messages/3/due_at"));
    QCOMPARE(fields[3].pointer, QStringLiteral("/messages/4/delay_ms"));
    QCOMPARE(m_fixture.database.value(QStringLiteral("SELECT count(*) FROM punctual.messages")).toInt(),
             before);
}

void ScheduleTest::theSameIdempotencyKeyStoresOnce()
{
    const Idempotency key{QStringLiteral("key-1"), "hash"};
    const std::vector first{messageFor(QStringLiteral("orders"), 5s),
                            messageFor(QStringLiteral("orders"), 6s)};
    const std::vector again{messageFor(QStringLiteral("orders"), 5s),
                            messageFor(QStringLiteral("orders"), 6s)};
    const auto stored = store::schedule(m_fixture.connection, first, key).value();
    const auto repeated = store::schedule(m_fixture.connection, again, key).value();
    QVERIFY(!stored.repeated);
    QVERIFY(repeated.repeated);
    QCOMPARE(repeated.createdAt, stored.createdAt);
    QCOMPARE(repeated.items.size(), std::size_t(2));
    for (std::size_t i = 0; i < 2; ++i) {
        QCOMPARE(repeated.items[i].id, first[i].id);
        QCOMPARE(repeated.items[i].dueAt, stored.items[i].dueAt);
        QVERIFY(!store::find(m_fixture.connection, again[i].id).value());
    }
}

void ScheduleTest::theSameKeyWithOtherContentIsRefused()
{
    const std::vector batch{messageFor(QStringLiteral("orders"), 5s)};
    QVERIFY(store::schedule(m_fixture.connection, batch, Idempotency{QStringLiteral("key-2"), "one"}));
    const auto refused = store::schedule(m_fixture.connection, {messageFor(QStringLiteral("orders"), 5s)},
                                         Idempotency{QStringLiteral("key-2"), "two"});
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
}

void ScheduleTest::listsNewestDueFirstInPages()
{
    StoreFixture fixture;
    std::vector<NewMessage> messages;
    const Instant due = systemNow() + 1h;
    for (int i = 0; i < 25; ++i) // pairs of the same due time: the id decides
        messages.push_back(messageFor(QStringLiteral("orders"), due + std::chrono::seconds(i / 2)));
    QVERIFY(store::schedule(fixture.connection, messages, std::nullopt));
    std::vector<Message> all;
    std::optional<MessageCursor> after;
    int pages = 0;
    do {
        auto page = store::list(fixture.connection, {}, after, 10).value();
        all.insert(all.end(), page.items.begin(), page.items.end());
        after = page.next;
        ++pages;
    } while (after);
    QCOMPARE(pages, 3);
    QCOMPARE(all.size(), std::size_t(25));
    for (std::size_t i = 1; i < all.size(); ++i)
        QVERIFY(std::pair(all[i - 1].dueAt, toText(all[i - 1].id)) >
                std::pair(all[i].dueAt, toText(all[i].id)));
}

void ScheduleTest::filters_data()
{
    QTest::addColumn<MessageFilter>("filter");
    QTest::addColumn<int>("found");
    const Instant due{std::chrono::ceil<std::chrono::days>(systemNow()) + 24h};
    QTest::newRow("nothing asked: all") << MessageFilter{} << 4;
    QTest::newRow("a live state") << MessageFilter{.states = {MessageState::Scheduled}} << 3;
    QTest::newRow("a final state") << MessageFilter{.states = {MessageState::Cancelled}} << 1;
    QTest::newRow("both kinds") << MessageFilter{.states = {MessageState::Cancelled, MessageState::Scheduled}}
                                << 4;
    QTest::newRow("a state that none has") << MessageFilter{.states = {MessageState::Dead}} << 0;
    QTest::newRow("destination") << MessageFilter{.destination = QStringLiteral("orders")} << 4;
    QTest::newRow("another destination") << MessageFilter{.destination = QStringLiteral("echo")} << 0;
    QTest::newRow("tag") << MessageFilter{.tag = QStringLiteral("promo")} << 2;
    QTest::newRow("key") << MessageFilter{.key = QStringLiteral("k%1")} << 1;
    QTest::newRow("due from, inclusive") << MessageFilter{.dueAfter = due + 2s} << 2;
    QTest::newRow("due before, exclusive") << MessageFilter{.dueBefore = due + 2s} << 2;
    QTest::newRow("a part of a key") << MessageFilter{.text = QStringLiteral("K%")} << 1;
    QTest::newRow("a wildcard is a character") << MessageFilter{.text = QStringLiteral("%")} << 1;
    QTest::newRow("a part of a tag") << MessageFilter{.text = QStringLiteral("rom")} << 2;
}

void ScheduleTest::filters()
{
    QFETCH(MessageFilter, filter);
    QFETCH(int, found);
    StoreFixture fixture;
    const Instant due{std::chrono::ceil<std::chrono::days>(systemNow()) + 24h};
    for (int i = 0; i < 4; ++i) {
        auto message = messageFor(QStringLiteral("orders"), due + std::chrono::seconds(i));
        if (i < 2)
            message.tags = {QStringLiteral("promo"), QStringLiteral("x")};
        if (i == 2)
            message.key = QStringLiteral("k%1");
        fixture.schedule(message);
        if (i == 3)
            QVERIFY(store::cancel(fixture.connection, message.id));
    }
    QCOMPARE(store::list(fixture.connection, filter, std::nullopt, 100).value().items.size(),
             static_cast<std::size_t>(found));
}

void ScheduleTest::sqlInTextIsText()
{
    const QString attack = QStringLiteral("'; DROP SCHEMA punctual CASCADE; -- \\'");
    auto message = messageFor(QStringLiteral("orders"), 1h);
    message.key = attack;
    const auto id = m_fixture.schedule(message);
    const Actor actor{attack, attack, Role::Operator, attack};
    QVERIFY(m_fixture.connection.transaction(actor, [&] { return store::cancel(m_fixture.connection, id); }));
    const auto found = store::find(m_fixture.connection, id).value().value();
    QCOMPARE(found.key, attack);
    QCOMPARE(found.cancelledBy, attack);
    QCOMPARE(m_fixture.database
                 .value(QStringLiteral(
                            "SELECT reason FROM punctual.audit WHERE object = '%1' AND action = 'cancel'")
                            .arg(toText(id)))
                 .toString(),
             attack);
}

void ScheduleTest::sqlSchedulesInATransactionOfItsOwn()
{
    QString id;
    const auto scheduled = [&](const QString& end) {
        QVERIFY(m_fixture.connection.run(QStringLiteral("BEGIN")));
        QVERIFY(m_fixture.connection.select(
            QStringLiteral(
                "SELECT punctual.schedule('orders', jsonb_build_object('order', 7), delay => '1 hour', "
                "headers => '{\"X-Campaign\": \"xmas\"}', key => 'customer 12', "
                "tags => '{promo,\"a b\"}', priority => 'high', expires_after => '10 minutes', "
                "max_attempts => 3)"),
            {}, [&](const QSqlQuery& row) { id = row.value(0).toString(); }));
        QVERIFY(m_fixture.connection.run(end));
    };
    scheduled(QStringLiteral("ROLLBACK"));
    QVERIFY(!store::find(m_fixture.connection, QUuid::fromString(id)).value());
    scheduled(QStringLiteral("COMMIT"));
    const auto message = store::find(m_fixture.connection, QUuid::fromString(id)).value();
    QVERIFY(message);
    QCOMPARE(message->state, MessageState::Scheduled);
    QCOMPARE(message->destination, QStringLiteral("orders"));
    QCOMPARE(message->dueAt - message->createdAt, Duration(1h));
    QCOMPARE(message->content->body, QByteArray("{\"order\": 7}"));
    QCOMPARE(message->content->type, QByteArray("application/json"));
    QVERIFY(message->content->headers == (std::vector<Header>{{"X-Campaign", "xmas"}}));
    QCOMPARE(message->key, QStringLiteral("customer 12"));
    QCOMPARE(message->tags, (QStringList{QStringLiteral("promo"), QStringLiteral("a b")}));
    QCOMPARE(message->priority, Priority::High);
    QCOMPARE(message->expiresAfter, std::optional<Duration>(10min));
    QCOMPARE(message->maxAttempts, 3);
}

void ScheduleTest::sqlIsToldWhatIsWrong_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char* name, const char* arguments, const char* pointer) {
        QTest::newRow(name) << QString::fromLatin1(arguments) << QString::fromLatin1(pointer);
    };
    row("no content", "'orders'", "/payload");
    row("two contents", "'orders', '{}', body => 'x'", "/payload");
    row("two times", "'orders', '{}', due_at => now(), delay => '1 s'", "/due_at");
    row("a time long ago", "'orders', '{}', due_at => now() - interval '1 day'", "/due_at");
    row("a delay below 0", "'orders', '{}', delay => '-1 s'", "/delay_ms");
    row("headers in a list", "'orders', '{}', headers => '[1]'", "/headers");
    row("a credential", "'orders', '{}', headers => '{\"Authorization\": \"Bearer x\"}'", "/headers");
    row("no such destination", "'nowhere', '{}'", "/destination");
    row("a time that never comes", "'orders', '{}', due_at => 'infinity'", "/due_at");
    row("a time before all times", "'orders', '{}', due_at => '-infinity'", "/due_at");
    row("a priority that is not known", "'orders', '{}', priority => 'urgent'", "/priority");
    row("no priority", "'orders', '{}', priority => NULL", "/priority");
    row("a key that is too long", "'orders', '{}', key => repeat('k', 201)", "/key");
    row("too many tags", "'orders', '{}', tags => array_fill('x'::text, ARRAY[21])", "/tags");
    row("a tag that is too long", "'orders', '{}', tags => ARRAY[repeat('t', 101)]", "/tags");
    row("a tag that is empty", "'orders', '{}', tags => '{a,\"\"}'", "/tags");
    row("a tag that is missing", "'orders', '{}', tags => '{NULL}'", "/tags");
    row("too many attempts", "'orders', '{}', max_attempts => 1001", "/max_attempts");
    row("no attempts", "'orders', '{}', max_attempts => 0", "/max_attempts");
    row("a limit of lateness below 0", "'orders', '{}', expires_after => '-1 s'", "/expires_after_ms");
    row("a header that is Punctual's", "'orders', '{}', headers => '{\"X-A\": \"a\", \"Webhook-Id\": \"1\"}'",
        "/headers");
    row("a header that is HTTP's", "'orders', '{}', headers => '{\"host\": \"evil.example\"}'", "/headers");
    row("a header whose name is none", "'orders', '{}', headers => '{\"X A\": \"a\"}'", "/headers");
    row("a header of two lines", "'orders', '{}', headers => '{\"X-A\": \"a\\r\\nX-B: b\"}'", "/headers");
    row("a content type of two lines", "'orders', '{}', content_type => E'text/plain\\nX-B: b'",
        "/content_type");
    row("a body that is too long", "'orders', body => repeat('x', 262145)", "/body");
}

void ScheduleTest::sqlIsToldWhatIsWrong()
{
    QFETCH(const QString, arguments);
    QFETCH(const QString, pointer);
    const auto refused =
        m_fixture.connection.run(QStringLiteral("SELECT punctual.schedule(%1)").arg(arguments));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    QCOMPARE(refused.error().fields.size(), std::size_t(1));
    QVERIFY2(refused.error().fields[0].pointer.endsWith(pointer),
             qPrintable(refused.error().fields[0].pointer));
}

void ScheduleTest::sqlMayGoToTheLimits()
{
    const auto stored = m_fixture.connection.run(QStringLiteral(
        "SELECT punctual.schedule('orders', body => repeat('x', 262144), key => repeat('k', 200), "
        "tags => array_fill(repeat('t', 100), ARRAY[20]), max_attempts => 1000, "
        "headers => '{\"X-Host\": \"a key, \\\"quoted\\\"\", \"x-te\": \"\\u00e9\", \"Accept\": \"\"}')"));
    QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
}

void ScheduleTest::oneBadHeaderIsFoundInABatch()
{
    std::vector<NewMessage> messages;
    for (int i = 0; i < 3; ++i) {
        messages.push_back(messageFor(QStringLiteral("orders"), 1h));
        messages.back().content.headers = {{"X-Campaign", "the key, \"quoted\""}, {"Accept", ""}};
    }
    QVERIFY(store::schedule(m_fixture.connection, messages, std::nullopt));
    for (auto& message : messages)
        message.id = makeUuidV7(systemNow());
    messages[1].content.headers.push_back({"Content-Length", "7"});
    const auto refused = store::schedule(m_fixture.connection, messages, std::nullopt);
    QVERIFY(!refused);
    QCOMPARE(refused.error().fields.size(), std::size_t(1));
    QCOMPARE(refused.error().fields[0].pointer, QStringLiteral("/messages/1/headers"));
}

void ScheduleTest::aSmallBatchIsFoundInTheAuditByAnyOfItsMessages()
{
    const auto schedule = [&](int count) {
        std::vector<NewMessage> messages;
        for (int i = 0; i < count; ++i)
            messages.push_back(messageFor(QStringLiteral("orders"), 1h));
        if (!store::schedule(m_fixture.connection, messages, std::nullopt))
            qFatal("not scheduled");
        return messages;
    };
    const auto small = schedule(100);
    for (const auto& id : {small.front().id, small[57].id, small.back().id}) {
        const auto found = store::audit(m_fixture.connection, {.object = toText(id)}, 10).value();
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found[0].object, toText(small.front().id));
        QCOMPARE(found[0].after[QStringLiteral("messages")].toInt(), 100);
    }
    const auto large = schedule(101);
    const auto found = store::audit(m_fixture.connection, {.object = toText(large.front().id)}, 10).value();
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].after[QStringLiteral("last")].toString(), toText(large.back().id));
}

void ScheduleTest::countsStayTrue()
{
    StoreFixture fixture;
    for (const auto state : allMessageStates)
        (void)fixture.messageIn(state);
    for (const bool folded : {false, true}) {
        if (folded)
            QVERIFY(store::foldCounters(fixture.connection));
        const auto status = store::status(fixture.connection).value();
        for (const auto state : allMessageStates)
            QCOMPARE(status.messages.at(state), 1);
        QCOMPARE(status.backlog(), 4);
    }
    QCOMPARE(fixture.database.value(QStringLiteral("SELECT count(*) FROM punctual.counter_changes")).toInt(),
             0);
}

PUNCTUAL_TEST(ScheduleTest)
#include "schedule_test.moc"
