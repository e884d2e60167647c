// SPDX-License-Identifier: GPL-3.0-or-later
// A page of a list, and the preview of an operation, read about what they show, however many messages there
// are.
#include "core/uuid_v7.h"
#include "store/operation_queries.h"
#include "store_fixture.h"

#include <algorithm>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class ListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsAFewAmongMany_data();
    void findsAFewAmongMany();
    void endsWithAFullPage();
    void findsWhatIsInAState_data();
    void findsWhatIsInAState();
    void looksForATextAPartAtATime_data();
    void looksForATextAPartAtATime();

private:
    [[nodiscard]] int rowsRead();

    std::unique_ptr<StoreFixture> m_fixture;
};

/// 20,000 that are not looked for, and five in each way that are.
void ListTest::initTestCase()
{
    m_fixture = std::make_unique<StoreFixture>();
    QVERIFY(store::putDestination(
        m_fixture->connection, destinationAt(QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("rare"))));
    std::vector<NewMessage> messages;
    for (int i = 0; i < 20'000; ++i) {
        messages.push_back(messageFor(QStringLiteral("orders"), Duration(2h + i * 1ms)));
        messages.back().key = QStringLiteral("key %1").arg(i % 5000 + 1);
        messages.back().tags = {QStringLiteral("often")};
    }
    for (int i = 0; i < 5; ++i) {
        messages.push_back(messageFor(QStringLiteral("rare"), Duration(3h)));
        messages.push_back(messageFor(QStringLiteral("orders"), Duration(3h)));
        messages.back().key = QStringLiteral("rare");
        messages.push_back(messageFor(QStringLiteral("orders"), Duration(3h)));
        messages.back().tags = {QStringLiteral("often"), QStringLiteral("rare")};
    }
    // The first to be due is the last in the list.
    messages.push_back(messageFor(QStringLiteral("orders"), Duration(1min)));
    messages.back().key = QStringLiteral("needle");
    QVERIFY(store::schedule(m_fixture->connection, messages, std::nullopt));
    m_fixture->database.exec(QStringLiteral(
        "UPDATE punctual.messages_live SET state = 'retrying', attempts = 1, last_status = 503 WHERE id IN "
        "(SELECT id FROM punctual.messages_live WHERE key LIKE 'key %' ORDER BY due_at LIMIT 5)"));
    m_fixture->database.exec(QStringLiteral("ANALYZE punctual.messages"));
    m_fixture->database.exec(QStringLiteral("ANALYZE punctual.messages_live"));
}

int ListTest::rowsRead()
{
    // Every connection tells of what it read when it likes, unless it is made to.
    m_fixture->database.exec(QStringLiteral("SELECT pg_stat_force_next_flush()"));
    m_fixture->database.exec(QStringLiteral("SELECT 1"));
    if (!m_fixture->connection.run(QStringLiteral("SELECT pg_stat_force_next_flush()")) ||
        !m_fixture->connection.run(QStringLiteral("SELECT 1")))
        qFatal("no figures");
    return m_fixture->database
        .value(QStringLiteral("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables "
                              "WHERE relname = 'messages_live'"))
        .toInt();
}

void ListTest::findsAFewAmongMany_data()
{
    QTest::addColumn<MessageFilter>("filter");
    QTest::newRow("destination") << MessageFilter{.destination = QStringLiteral("rare")};
    QTest::newRow("key") << MessageFilter{.key = QStringLiteral("rare")};
    QTest::newRow("tag") << MessageFilter{.tag = QStringLiteral("rare")};
    QTest::newRow("live state") << MessageFilter{.states = {MessageState::Retrying}};
    QTest::newRow("state, too") << MessageFilter{.states = {MessageState::Scheduled},
                                                 .tag = QStringLiteral("rare")};
}

void ListTest::findsAFewAmongMany()
{
    QFETCH(const MessageFilter, filter);
    const int before = rowsRead();
    const auto page = store::list(m_fixture->connection, filter, std::nullopt, 100);
    QVERIFY(page.has_value());
    QCOMPARE(page->items.size(), std::size_t(5));
    const int looked = rowsRead() - before;
    QVERIFY2(looked >= 5 && looked < 100, qPrintable(QString::number(looked)));

    NewOperation wanted;
    wanted.action = OperationAction::Cancel;
    wanted.filter = filter;
    const int beforePreview = rowsRead();
    const auto preview = store::previewOperation(m_fixture->connection, wanted);
    QVERIFY(preview.has_value());
    QCOMPARE(preview->count, 5);
    const int lookedByPreview = rowsRead() - beforePreview;
    QVERIFY2(lookedByPreview >= 5 && lookedByPreview < 100, qPrintable(QString::number(lookedByPreview)));
}

/// Also where rows are looked at one by one.
void ListTest::endsWithAFullPage()
{
    const int before = rowsRead();
    const auto page =
        store::list(m_fixture->connection, {.states = {MessageState::Scheduled}}, std::nullopt, 100);
    QVERIFY(page.has_value());
    QCOMPARE(page->items.size(), std::size_t(100));
    QVERIFY2(rowsRead() - before < 300, qPrintable(QString::number(rowsRead() - before)));
}

void ListTest::findsWhatIsInAState_data()
{
    QTest::addColumn<MessageState>("state");
    for (const auto state : allMessageStates)
        QTest::newRow(toText(state).data()) << state;
}

/// However it got there, and also if nobody said why.
void ListTest::findsWhatIsInAState()
{
    QFETCH(const MessageState, state);
    StoreFixture fixture;
    std::vector<MessageId> expected{fixture.messageIn(state)};
    if (state == MessageState::Retrying || state == MessageState::Unknown) {
        const auto id = fixture.messageIn(MessageState::Delivering);
        const Instant now = systemNow();
        const Attempt attempt{id, 1, fixture.node.id, Outcome::Failed, 0, {}, {}, now, now, 1ms};
        QCOMPARE(store::record(fixture.connection, fixture.node, {{attempt, state, now}}).value(), 1U);
        expected.push_back(id);
    }
    if (state == MessageState::Retrying) {
        const auto id = fixture.messageIn(MessageState::Delivering);
        QCOMPARE(store::giveBack(fixture.connection, fixture.node, {id}).value(), 1);
        expected.push_back(id);
    }
    for (const auto& filter : {MessageFilter{.states = {state}}, MessageFilter{.states = {state, state}}}) {
        const auto page = store::list(fixture.connection, filter, std::nullopt, 10);
        QVERIFY(page.has_value());
        std::vector<MessageId> found;
        for (const auto& message : page->items)
            found.push_back(message.id);
        std::sort(found.begin(), found.end());
        std::sort(expected.begin(), expected.end());
        QCOMPARE(found, expected);
    }
}

void ListTest::looksForATextAPartAtATime_data()
{
    QTest::addColumn<MessageFilter>("filter");
    QTest::addColumn<QString>("condition");
    QTest::newRow("one at the end") << MessageFilter{.text = QStringLiteral("eedl")}
                                    << QStringLiteral("key = 'needle'");
    QTest::newRow("some here and there")
        << MessageFilter{.text = QStringLiteral("key 77")} << QStringLiteral("key LIKE 'key 77%'");
    QTest::newRow("none") << MessageFilter{.text = QStringLiteral("nothing")} << QStringLiteral("false");
    QTest::newRow("states") << MessageFilter{.states = {MessageState::Retrying, MessageState::Unknown}}
                            << QStringLiteral("state = 'retrying'");
    QTest::newRow("of one that was due")
        << MessageFilter{.states = {MessageState::Delivering}} << QStringLiteral("false");
    QTest::newRow("of one and a destination")
        << MessageFilter{.states = {MessageState::Retrying}, .destination = QStringLiteral("rare")}
        << QStringLiteral("false");
    QTest::newRow("with a frequent tag")
        << MessageFilter{.tag = QStringLiteral("often"), .text = QStringLiteral("key 77")}
        << QStringLiteral("key LIKE 'key 77%'");
    QTest::newRow("most") << MessageFilter{.states = {MessageState::Scheduled}}
                          << QStringLiteral("state = 'scheduled'");
}

void ListTest::looksForATextAPartAtATime()
{
    QFETCH(const MessageFilter, filter);
    QFETCH(const QString, condition);
    constexpr int rows = 1000;
    QStringList found;
    std::optional<MessageCursor> next;
    do {
        const int before = rowsRead();
        const auto page = store::list(m_fixture->connection, filter, next, 500, {rows, 0ms});
        QVERIFY(page.has_value());
        QVERIFY2(rowsRead() - before <= rows + 50, qPrintable(QString::number(rowsRead() - before)));
        for (const auto& message : page->items)
            found << toText(message.id);
        next = page->next;
    } while (next);
    const auto all = m_fixture->database.value(
        QStringLiteral("SELECT string_agg(id::text, ',' ORDER BY due_at DESC, id DESC) FROM "
                       "punctual.messages_live WHERE ") +
        condition);
    QCOMPARE(found.join(u','), all.toString());

    // As it is done for everybody, a page at a time.
    QStringList again;
    do {
        const auto page = store::list(m_fixture->connection, filter, next, 500);
        QVERIFY(page.has_value());
        for (const auto& message : page->items)
            again << toText(message.id);
        next = page->next;
    } while (next);
    QCOMPARE(again, found);
}

PUNCTUAL_TEST(ListTest)
#include "list_test.moc"
