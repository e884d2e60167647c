// SPDX-License-Identifier: GPL-3.0-or-later
// Lists and operations by what attempts came to and when: the points of charts.
#include "core/uuid_v7.h"
#include "store/operation_queries.h"
#include "store_fixture.h"

#include <algorithm>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

class AttemptsFilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void namesEachResult_data();
    void namesEachResult();
    void findsTheMessagesOfAttempts_data();
    void findsTheMessagesOfAttempts();
    void findsAnAttemptThatBeganDaysBeforeItsEnd();
    void asksEachMessageWhereAttemptsAreMany_data();
    void asksEachMessageWhereAttemptsAreMany();
    void refusesWhatIsNoResult();

private:
    void addTried(Duration ended, const char* outcome, int status, const QString& key);
    [[nodiscard]] QStringList keysOf(const MessageFilter& filter, int limit = 100);

    std::unique_ptr<StoreFixture> m_fixture;
    Instant m_start; // of the first attempt: just now, so in a partition of its own
};

/// A message that waits, with an attempt that ended so long after the start.
void AttemptsFilterTest::addTried(Duration ended, const char* outcome, int status, const QString& key)
{
    auto message = messageFor(QStringLiteral("orders"), Duration(1h));
    message.key = key;
    const auto id = m_fixture->schedule(message);
    m_fixture->database.exec(
        QStringLiteral(
            "INSERT INTO punctual.attempts (message_id, number, node, outcome, status, lateness_us, "
            "started_at, finished_at) SELECT '%1', 1 + count(*), '%1', '%2', nullif(%3, 0), 0, "
            "punctual.instant(%4) - interval '1 s', punctual.instant(%4) FROM punctual.attempts "
            "WHERE message_id = '%1'")
            .arg(toText(id), QLatin1StringView(outcome))
            .arg(status)
            .arg(toMicroseconds(m_start + ended)));
    // What failed waits for another time, what was delivered was due then.
    const bool isDelivered = qstrcmp(outcome, "delivered") == 0;
    m_fixture->database.exec(
        QStringLiteral("UPDATE punctual.messages SET attempts = 1, last_error = '%1', due_at = CASE WHEN %2 "
                       "THEN punctual.instant(%3) - interval '1 s' ELSE due_at END WHERE id = '%4'")
            .arg(QLatin1StringView(outcome), isDelivered ? QStringLiteral("true") : QStringLiteral("false"))
            .arg(toMicroseconds(m_start + ended))
            .arg(toText(id)));
}

void AttemptsFilterTest::initTestCase()
{
    m_fixture = std::make_unique<StoreFixture>();
    m_start = std::chrono::floor<std::chrono::seconds>(systemNow()) - 1min;
    addTried(0s, "failed", 429, QStringLiteral("429"));
    addTried(1s, "failed", 503, QStringLiteral("503"));
    addTried(2s, "failed", 408, QStringLiteral("408"));
    addTried(3s, "failed", 0, QStringLiteral("none"));
    addTried(4s, "unknown", 0, QStringLiteral("unknown"));
    addTried(5s, "refused", 404, QStringLiteral("404"));
    addTried(6s, "delivered", 200, QStringLiteral("200"));
    m_fixture->schedule(messageFor(QStringLiteral("orders"), Duration(1h))); // never tried
}

QStringList AttemptsFilterTest::keysOf(const MessageFilter& filter, int limit)
{
    QStringList keys;
    std::optional<MessageCursor> next;
    do {
        const auto page = store::list(m_fixture->connection, filter, next, limit);
        if (!page)
            return QStringList{page.error().detail};
        for (const auto& message : page->items)
            keys << message.key;
        next = page->next;
    } while (next);
    keys.sort();
    return keys;
}

void AttemptsFilterTest::namesEachResult_data()
{
    using enum AttemptResult;
    QTest::addColumn<AttemptResult>("result");
    QTest::addColumn<QString>("key");
    QTest::newRow("429") << TooManyRequests << "429";
    QTest::newRow("5xx") << ServerError << "503";
    QTest::newRow("other") << OtherAnswer << "408";
    QTest::newRow("no connection") << NoConnection << "none";
    QTest::newRow("no answer") << NoAnswer << "unknown";
    QTest::newRow("refused") << Refused << "404";
    QTest::newRow("delivered") << Delivered << "200";
}

void AttemptsFilterTest::namesEachResult()
{
    QFETCH(const AttemptResult, result);
    QFETCH(const QString, key);
    QCOMPARE(keysOf({.results = {result}}), QStringList{key});
}

void AttemptsFilterTest::findsTheMessagesOfAttempts_data()
{
    using enum AttemptResult;
    QTest::addColumn<Duration>("after");
    QTest::addColumn<Duration>("before");
    QTest::addColumn<std::vector<AttemptResult>>("results");
    QTest::addColumn<QString>("keys");
    const auto row = [](const char* name, Duration after, Duration before,
                        const std::vector<AttemptResult>& results, const char* keys) {
        QTest::newRow(name) << after << before << results << QString::fromLatin1(keys);
    };
    row("all", -1h, 1h, {}, "200,404,408,429,503,none,unknown");
    row("a second, with its beginning and without its end", 1s, 2s, {}, "503");
    row("between two of them", 1s + 1us, 2s, {}, "");
    row("of two kinds", -1h, 1h, {TooManyRequests, Delivered}, "200,429");
    row("of a kind, in a time without any", 1s, 2s, {Delivered}, "");
    row("another day", 24h, 25h, {}, "");
}

void AttemptsFilterTest::findsTheMessagesOfAttempts()
{
    QFETCH(const Duration, after);
    QFETCH(const Duration, before);
    QFETCH(const std::vector<AttemptResult>, results);
    QFETCH(const QString, keys);
    const MessageFilter filter{
        .attemptedAfter = m_start + after, .attemptedBefore = m_start + before, .results = results};
    const auto expected = keys.split(u',', Qt::SkipEmptyParts);
    QCOMPARE(keysOf(filter), expected);
    QCOMPARE(keysOf(filter, 1), expected); // a page each

    const auto seen = m_fixture->connection.transaction(someActor(Role::Viewer), [&] {
        return store::list(m_fixture->connection, filter, std::nullopt, 100);
    });
    QVERIFY2(seen.has_value(), seen ? "" : qPrintable(seen.error().detail));
    QCOMPARE(static_cast<qsizetype>(seen->items.size()), expected.size());
    const NewOperation wanted{.action = OperationAction::Cancel, .filter = filter};
    const auto preview = m_fixture->connection.transaction(
        someActor(Role::Operator), [&] { return store::previewOperation(m_fixture->connection, wanted); });
    QVERIFY2(preview.has_value(), preview ? "" : qPrintable(preview.error().detail));
    QCOMPARE(preview->count, expected.size());
}

/// As of a node whose computer was off over a weekend.
void AttemptsFilterTest::findsAnAttemptThatBeganDaysBeforeItsEnd()
{
    m_fixture->database.exec(QStringLiteral(
        "UPDATE punctual.messages SET created_at = now() - interval '4 days' WHERE key = 'unknown'"));
    m_fixture->database.exec(
        QStringLiteral("UPDATE punctual.attempts SET started_at = finished_at - interval '3 days' "
                       "WHERE outcome = 'unknown'"));
    QCOMPARE(keysOf({.attemptedAfter = m_start + 4s, .attemptedBefore = m_start + 5s}),
             QStringList{QStringLiteral("unknown")});
}

void AttemptsFilterTest::asksEachMessageWhereAttemptsAreMany_data()
{
    QTest::addColumn<QString>("outcome");
    QTest::newRow("many that were delivered") << "delivered";
    QTest::newRow("many that failed") << "failed";
}

/// More than a list is led by. What failed and was put off to a later time is found as well.
void AttemptsFilterTest::asksEachMessageWhereAttemptsAreMany()
{
    QFETCH(const QString, outcome);
    m_fixture->database.exec(
        QStringLiteral("INSERT INTO punctual.attempts (message_id, number, node, outcome, lateness_us, "
                       "started_at, finished_at) SELECT gen_random_uuid(), 1, gen_random_uuid(), '%1', 0, "
                       "punctual.instant(%2), punctual.instant(%2) FROM generate_series(1, 6000)")
            .arg(outcome)
            .arg(toMicroseconds(m_start + 30s)));
    const QStringList expected = QStringLiteral("200,404,408,429,503,none,unknown").split(u',');
    const MessageFilter filter{.attemptedAfter = m_start - 1h, .attemptedBefore = m_start + 1h};
    QCOMPARE(keysOf(filter), expected);
    QCOMPARE(keysOf(filter, 1), expected);
    QCOMPARE(keysOf({.attemptedAfter = m_start - 1h}), expected);
    QCOMPARE(keysOf({.attemptedBefore = m_start + 1h}), expected);
    QCOMPARE(keysOf({.key = QStringLiteral("503"), .attemptedAfter = m_start - 1h}),
             QStringList{QStringLiteral("503")});
    const MessageFilter second{.attemptedAfter = m_start + 1s, .attemptedBefore = m_start + 30s + 1us};
    QCOMPARE(keysOf(second), QStringLiteral("200,404,408,503,none,unknown").split(u','));
    using enum AttemptResult;
    QCOMPARE(keysOf({.attemptedAfter = m_start - 1h, .results = {Delivered, ServerError}}),
             (QStringList{QStringLiteral("200"), QStringLiteral("503")}));
    QCOMPARE(keysOf({.attemptedAfter = m_start - 1h, .results = {Delivered}}),
             QStringList{QStringLiteral("200")});
}

/// As SQL may say it; REST does not let it through.
void AttemptsFilterTest::refusesWhatIsNoResult()
{
    const auto asked = m_fixture->connection.run(
        QStringLiteral("SELECT punctual.operation_query('cancel', '{\"attempt\": \"late\"}')"));
    QVERIFY(!asked);
    QCOMPARE(asked.error().fields.size(), 1U);
    QVERIFY2(asked.error().fields[0].pointer.endsWith(QStringLiteral("filter/attempt")),
             qPrintable(asked.error().fields[0].pointer));
}

PUNCTUAL_TEST(AttemptsFilterTest)
#include "attempts_filter_test.moc"
