// SPDX-License-Identifier: GPL-3.0-or-later
// Changing a waiting message: what may change, in which state, who wins against a claim, and what the key,
// the forecast and the nodes hear of it.
#include "store/lane_queries.h"
#include "store/notification_listener.h"
#include "store_fixture.h"

#include <QSet>

#include <thread>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class ChangeMessageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesWhatIsGiven();
    void takesAwayWhatIsEmpty();
    void movesTheLimitWithTheDueTime();
    void changesWhatIsRetrying();
    void changesNothingOfWhatDoesNotWait_data();
    void changesNothingOfWhatDoesNotWait();
    void knowsNoOther();
    void changesTheVersionThatIsAskedForOnly();
    void refuses_data();
    void refuses();
    void isAudited();
    void theNodesHearOfAnotherPriority();
    void theNextOfAKeyGoesFirst();
    void theForecastFollows();
    void oneOfClaimAndChangeWins();
    void leavesIdempotencyAlone();

private:
    [[nodiscard]] Result<ChangeVerdict> change(const MessageId& id, const MessageChange& wanted)
    {
        return store::changeMessage(m_fixture.connection, id, wanted);
    }
    [[nodiscard]] Message find(const MessageId& id)
    {
        return store::find(m_fixture.connection, id).value().value();
    }

    StoreFixture m_fixture;
};

void ChangeMessageTest::changesWhatIsGiven()
{
    auto message = messageFor(QStringLiteral("orders"), 1h);
    message.tags = {QStringLiteral("promo")};
    m_fixture.schedule(message);
    const Message before = find(message.id);
    const Instant due = systemNow() + 48h + 1us;
    MessageChange wanted;
    wanted.due = due;
    wanted.priority = Priority::High;
    wanted.tags = QStringList{QStringLiteral("a, b"), QStringLiteral("\"c\"")};
    wanted.body = QByteArray("\0bytes?", 7);
    wanted.contentType = QByteArrayLiteral("application/octet-stream");
    wanted.headers = std::vector<Header>{{"X-One", "it's 1"}};
    wanted.expiresAfter = 10min;
    wanted.maxAttempts = 9;
    const auto verdict = change(message.id, wanted).value();
    QVERIFY(verdict.changed && !verdict.isStale);
    QVERIFY(verdict.state == MessageState::Scheduled);
    const Message after = find(message.id);
    QCOMPARE(after.dueAt, due);
    QCOMPARE(after.nextAttemptAt, std::optional(due));
    QVERIFY(after.priority == Priority::High);
    QCOMPARE(after.tags, *wanted.tags);
    QCOMPARE(after.content->body, *wanted.body);
    QCOMPARE(after.content->type, *wanted.contentType);
    QVERIFY(after.content->headers == *wanted.headers);
    QVERIFY(after.expiresAfter == 10min);
    QCOMPARE(after.maxAttempts, 9);
    QCOMPARE(after.createdAt, before.createdAt);
    QVERIFY(after.updatedAt > before.updatedAt);
    QCOMPARE(verdict.message->updatedAt, after.updatedAt);

    MessageChange little;
    little.priority = Priority::Low;
    QVERIFY(change(message.id, little).value().changed);
    const Message last = find(message.id);
    QVERIFY(last.priority == Priority::Low);
    QCOMPARE(last.dueAt, due);
    QCOMPARE(last.tags, after.tags);
    QCOMPARE(last.content->body, after.content->body);
    QVERIFY(last.content->headers == after.content->headers);
    QVERIFY(last.expiresAfter == after.expiresAfter);
}

void ChangeMessageTest::takesAwayWhatIsEmpty()
{
    auto message = messageFor(QStringLiteral("orders"), 1h);
    message.tags = {QStringLiteral("promo")};
    message.content.headers = {{"X-One", "1"}};
    message.expiresAfter = 10min;
    m_fixture.schedule(message);
    MessageChange wanted;
    wanted.tags.emplace();
    wanted.headers.emplace();
    wanted.expiresAfter = 0ms;
    wanted.body = QByteArray();
    QVERIFY(change(message.id, wanted).value().changed);
    const Message after = find(message.id);
    QCOMPARE(after.tags, QStringList());
    QVERIFY(after.content->headers.empty());
    QVERIFY(!after.expiresAfter);
    QCOMPARE(after.bodySize, 0);
    QVERIFY(m_fixture.database
                .value(QStringLiteral("SELECT expires_at FROM punctual.messages WHERE id = '%1'")
                           .arg(toText(message.id)))
                .isNull());
}

void ChangeMessageTest::movesTheLimitWithTheDueTime()
{
    auto message = messageFor(QStringLiteral("orders"), 1h);
    message.expiresAfter = 10min;
    m_fixture.schedule(message);
    MessageChange wanted;
    wanted.due = Duration(2h);
    QVERIFY(change(message.id, wanted).value().changed);
    const auto apart = m_fixture.database.value(
        QStringLiteral("SELECT extract(epoch FROM expires_at - due_at)::integer FROM punctual.messages "
                       "WHERE id = '%1' AND due_at > now() + interval '119 minutes'")
            .arg(toText(message.id)));
    QCOMPARE(apart.toInt(), 600);
}

void ChangeMessageTest::changesWhatIsRetrying()
{
    const auto id = m_fixture.messageIn(MessageState::Retrying);
    MessageChange wanted;
    wanted.body = QByteArrayLiteral("mended");
    wanted.due = Duration{};
    QVERIFY(change(id, wanted).value().changed);
    QCOMPARE(m_fixture.stateOf(id), QStringLiteral("retrying"));
    const auto claims = store::claim(m_fixture.connection, m_fixture.node, {id}, {}).value();
    QCOMPARE(claims.size(), std::size_t(1));
    QCOMPARE(claims.front().content.body, QByteArray("mended"));
    QCOMPARE(claims.front().attempt, 2);
}

void ChangeMessageTest::changesNothingOfWhatDoesNotWait_data()
{
    QTest::addColumn<MessageState>("state");
    for (const auto state : {MessageState::Delivering, MessageState::Unknown, MessageState::Delivered,
                             MessageState::Dead, MessageState::Cancelled, MessageState::Expired})
        QTest::newRow(toText(state).data()) << state;
}

void ChangeMessageTest::changesNothingOfWhatDoesNotWait()
{
    QFETCH(const MessageState, state);
    const auto id = m_fixture.messageIn(state);
    const Message before = find(id);
    MessageChange wanted;
    wanted.priority = Priority::High;
    wanted.ifUpdatedAt = std::vector<Instant>{Instant{}}; // the state comes before it
    const auto verdict = change(id, wanted).value();
    QVERIFY(!verdict.changed && !verdict.isStale);
    QVERIFY(verdict.state == state);
    QCOMPARE(find(id).updatedAt, before.updatedAt);
    QVERIFY(find(id).priority == Priority::Normal);
}

void ChangeMessageTest::knowsNoOther()
{
    MessageChange wanted;
    wanted.priority = Priority::High;
    const auto verdict = change(makeUuidV7(systemNow()), wanted).value();
    QVERIFY(!verdict.state && !verdict.message && !verdict.changed);
}

void ChangeMessageTest::changesTheVersionThatIsAskedForOnly()
{
    const auto id = m_fixture.schedule(messageFor(QStringLiteral("orders"), 1h));
    const Instant first = find(id).updatedAt;
    MessageChange wanted;
    wanted.priority = Priority::High;
    wanted.ifUpdatedAt = std::vector<Instant>{first, first + 1s};
    QVERIFY(change(id, wanted).value().changed);
    wanted.priority = Priority::Low;
    const auto late = change(id, wanted).value(); // the first one has changed it
    QVERIFY(late.isStale && !late.changed);
    QVERIFY(late.state == MessageState::Scheduled);
    QVERIFY(find(id).priority == Priority::High);
    wanted.ifUpdatedAt = std::vector<Instant>{}; // a version that is none of ours
    QVERIFY(change(id, wanted).value().isStale);
    wanted.ifUpdatedAt = std::vector<Instant>{late.message->updatedAt};
    QVERIFY(change(id, wanted).value().changed);
}

void ChangeMessageTest::refuses_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("field");
    QTest::newRow("a due time long ago") << "p_due_us => punctual.micros(now() - interval '61 seconds')"
                                         << "due_at";
    QTest::newRow("a due time far ahead") << "p_due_us => punctual.micros(now() + interval '367 days')"
                                          << "due_at";
    QTest::newRow("a negative delay") << "p_delay_us => -1"
                                      << "delay_ms";
    QTest::newRow("a delay of more than a year") << "p_delay_us => 366 * 86400000000 + 1"
                                                 << "delay_ms";
    QTest::newRow("a priority that is none") << "p_priority => 'urgent'"
                                             << "priority";
    QTest::newRow("a limit below nothing") << "p_expires_after_ms => -1"
                                           << "expires_after_ms";
    QTest::newRow("fewer attempts than were made") << "p_max_attempts => 1"
                                                   << "max_attempts";
    QTest::newRow("too many attempts") << "p_max_attempts => 1001"
                                       << "max_attempts";
    QTest::newRow("a limit beyond all times") << "p_expires_after_ms => 9000000000000000000"
                                              << "expires_after_ms";
    QTest::newRow("too many tags") << "p_tags => array_fill('x'::text, ARRAY[21])"
                                   << "tags";
    QTest::newRow("a header that is Punctual's") << "p_headers => '[[\"Idempotency-Key\", \"mine\"]]'"
                                                 << "headers";
    QTest::newRow("a credential in the open") << "p_headers => '[[\"Authorization\", \"Bearer x\"]]'"
                                              << "headers";
    QTest::newRow("a content type of two lines") << "p_content_type => E'text/plain\\nX-B: b'"
                                                 << "content_type";
    QTest::newRow("a body that is too long") << "p_body => convert_to(repeat('x', 262145), 'UTF8')"
                                             << "body";
}

void ChangeMessageTest::refuses()
{
    QFETCH(const QString, arguments);
    QFETCH(const QString, field);
    const auto id = m_fixture.messageIn(MessageState::Retrying);
    const Message before = find(id);
    const auto refused = m_fixture.connection.run(
        QStringLiteral("SELECT punctual.change_message('%1', %2)").arg(toText(id), arguments));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    QCOMPARE(refused.error().fields.at(0).pointer, QStringLiteral("/messages/0/") + field);
    QCOMPARE(find(id).updatedAt, before.updatedAt);
}

void ChangeMessageTest::isAudited()
{
    auto message = messageFor(QStringLiteral("orders"), 1h);
    message.content.headers = {{"Authorization", "secret-one"}};
    m_fixture.schedule(message);
    MessageChange wanted;
    wanted.priority = Priority::High;
    wanted.body = QByteArrayLiteral("four");
    wanted.headers = std::vector<Header>{{"Authorization", "secret-two"}};
    QVERIFY(change(message.id, wanted).value().changed);
    const auto column = [&](const char* sql) {
        return m_fixture.database
            .value(QStringLiteral("SELECT %1 FROM punctual.audit WHERE action = 'change' AND object = '%2'")
                       .arg(QLatin1StringView(sql), toText(message.id)))
            .toString();
    };
    QCOMPARE(column("before ->> 'priority'"), QStringLiteral("normal"));
    QCOMPARE(column("after ->> 'priority'"), QStringLiteral("high"));
    QCOMPARE(column("after ->> 'body_bytes'"), QStringLiteral("4"));
    QCOMPARE(column("after ->> 'headers'"), QStringLiteral("[\"Authorization\"]"));
    QCOMPARE(column("before ? 'due_at' OR before ? 'tags'"), QStringLiteral("false"));
    QVERIFY(!column("concat(before, after)").contains(QStringLiteral("secret")));
}

void ChangeMessageTest::theNodesHearOfAnotherPriority()
{
    const auto id = m_fixture.scheduleNow();
    store::Loop home;
    QStringList heard;
    store::NotificationListener listener(
        m_fixture.database.address(), {QLatin1StringView("punctual_due")}, home, this,
        [&](const QString&, const QString& payload) { heard.append(payload); });
    QTRY_VERIFY(!heard.isEmpty()); // it says that it listens
    MessageChange wanted;
    wanted.priority = Priority::High;
    QVERIFY(change(id, wanted).value().changed);
    const auto told = [&] {
        return std::any_of(heard.begin(), heard.end(), [&](const QString& payload) {
            return payload.contains(QStringLiteral(" high %1 orders").arg(toText(id)));
        });
    };
    QTRY_VERIFY(told());
}

void ChangeMessageTest::theNextOfAKeyGoesFirst()
{
    auto first = messageFor(QStringLiteral("orders"));
    auto second = messageFor(QStringLiteral("orders"), Duration(1ms));
    first.key = second.key = QStringLiteral("customer-12");
    m_fixture.schedule(first);
    m_fixture.schedule(second);
    QCOMPARE(m_fixture.claim({second.id}, 25ms), std::size_t(0)); // it is put back behind the first
    MessageChange later;
    later.due = Duration(1h);
    QVERIFY(change(first.id, later).value().changed);
    QCOMPARE(m_fixture.claim({first.id, second.id}, 25ms), std::size_t(1));
    QCOMPARE(m_fixture.stateOf(second.id), QStringLiteral("delivering"));
    // Another content does not bring one forward that stands behind another.
    MessageChange body;
    body.body = QByteArrayLiteral("x");
    QVERIFY(change(first.id, body).value().changed);
    QCOMPARE(m_fixture.claim({first.id}, 25ms), std::size_t(0));
}

void ChangeMessageTest::theForecastFollows()
{
    const auto id = m_fixture.schedule(messageFor(QStringLiteral("orders"), 30h));
    const auto within = [&](int hours) {
        return m_fixture.database
            .value(QStringLiteral("SELECT coalesce(sum(count), 0) FROM punctual.due_by_hour(%1, 'orders')")
                       .arg(hours))
            .toInt();
    };
    const int before = within(10);
    MessageChange sooner;
    sooner.due = Duration(5h);
    QVERIFY(change(id, sooner).value().changed);
    QCOMPARE(within(10), before + 1);
}

// Two connections go for the same messages, one to send them and one to change them: what was claimed first
// keeps its old content, what was changed first leaves with the new one, and whoever comes second is told.
void ChangeMessageTest::oneOfClaimAndChangeWins()
{
    std::vector<NewMessage> messages;
    for (int i = 0; i < 500; ++i)
        messages.push_back(messageFor(QStringLiteral("orders")));
    QVERIFY(store::schedule(m_fixture.connection, messages, std::nullopt));
    QSet<MessageId> changed;
    bool sensible = true;
    std::thread changer([&] {
        store::Connection connection(m_fixture.database.address(), QStringLiteral("changer"));
        MessageChange wanted;
        wanted.body = QByteArrayLiteral("new");
        for (const auto& message : messages) {
            const auto verdict = store::changeMessage(connection, message.id, wanted).value();
            sensible = sensible && (verdict.changed || verdict.state == MessageState::Delivering);
            if (verdict.changed)
                changed.insert(message.id);
        }
    });
    QHash<MessageId, QByteArray> claimed;
    const auto claimAll = [&] {
        for (auto first = messages.rbegin(); first != messages.rend(); first += 20) {
            std::vector<MessageId> ids;
            for (auto message = first; message != first + 20; ++message)
                ids.push_back(message->id);
            const auto claims = store::claim(m_fixture.connection, m_fixture.node, ids, {}).value();
            for (const auto& claim : claims)
                claimed.insert(claim.id, claim.content.body);
        }
    };
    claimAll();
    changer.join();
    claimAll(); // what the other side held just then
    QVERIFY(sensible);
    QCOMPARE(claimed.size(), 500);
    for (const auto& message : messages)
        QCOMPARE(claimed.value(message.id),
                 changed.contains(message.id) ? QByteArray("new") : message.content.body);
}

void ChangeMessageTest::leavesIdempotencyAlone()
{
    auto message = messageFor(QStringLiteral("orders"), 1h);
    const Idempotency key{QStringLiteral("order-7"), QByteArrayLiteral("hash")};
    QVERIFY(store::schedule(m_fixture.connection, {message}, key));
    MessageChange wanted;
    wanted.body = QByteArrayLiteral("x");
    QVERIFY(change(message.id, wanted).value().changed);
    const auto again = store::schedule(m_fixture.connection, {message}, key);
    QVERIFY(again);
    QVERIFY(again->repeated);
    QCOMPARE(again->items.front().id, message.id);
}

PUNCTUAL_TEST(ChangeMessageTest)
#include "change_message_test.moc"
