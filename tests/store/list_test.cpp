// SPDX-License-Identifier: GPL-3.0-or-later
// A page of a list, and the preview of an operation, read about what they show, however many messages there
// are.
#include "store/operation_queries.h"
#include "store_fixture.h"

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
        messages.push_back(messageFor(QStringLiteral("orders"), Duration(1h + i * 1ms)));
        messages.back().key = QStringLiteral("key %1").arg(i % 5000 + 1);
        messages.back().tags = {QStringLiteral("often")};
    }
    for (int i = 0; i < 5; ++i) {
        messages.push_back(messageFor(QStringLiteral("rare"), Duration(2h)));
        messages.push_back(messageFor(QStringLiteral("orders"), Duration(2h)));
        messages.back().key = QStringLiteral("rare");
        messages.push_back(messageFor(QStringLiteral("orders"), Duration(2h)));
        messages.back().tags = {QStringLiteral("often"), QStringLiteral("rare")};
    }
    QVERIFY(store::schedule(m_fixture->connection, messages, std::nullopt));
    m_fixture->database.exec(QStringLiteral("ANALYZE punctual.messages"));
    m_fixture->database.exec(QStringLiteral("ANALYZE punctual.messages_live"));
}

int ListTest::rowsRead()
{
    // Both by one session, whose figures are there when they are asked for.
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

PUNCTUAL_TEST(ListTest)
#include "list_test.moc"
