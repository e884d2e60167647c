// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/uuid_v7.h"
#include "core/why.h"
#include "support/test_main.h"

#include <QTest>

using namespace punctual;
using namespace std::chrono_literals;

namespace
{

const Instant now = *parseRfc3339(QStringLiteral("2026-12-01T09:00:00.000Z"));
const MessageId other = QUuid::fromString(QStringLiteral("019b0000-0000-7000-8000-000000000001"));

/// Due a moment ago, with a node and a free slot: nothing is in its way.
WhyFacts dueNow()
{
    WhyFacts facts;
    facts.now = now;
    facts.dueAt = now - 10ms;
    facts.nextAttemptAt = facts.dueAt;
    facts.hasNode = true;
    facts.slots = 64;
    return facts;
}

using Change = void (*)(WhyFacts&);

} // namespace

Q_DECLARE_METATYPE(Change)

class WhyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesOneCauseAndATime_data();
    void namesOneCauseAndATime();
    void everyCodeHasItsWord();
};

void WhyTest::namesOneCauseAndATime_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("code");
    QTest::addColumn<qint64>("expectedInMs"); // -1: nobody knows
    const auto row = [](const char* name, Change change, const char* code, qint64 expected) {
        QTest::newRow(name) << change << QString::fromLatin1(code) << expected;
    };
    row(
        "nothing is in its way", [](WhyFacts&) {}, "leaving", 0);
    row(
        "the breaker is being tried",
        [](WhyFacts& f) {
            f.isBreakerHalfOpen = true;
            f.allowedPerSecond = 10;
            f.ahead = 5;
        },
        "breaker_open", 0);
    row(
        "the breaker's time is over",
        [](WhyFacts& f) {
            f.isBreakerOpen = true;
            f.breakerUntil = now - 1s;
        },
        "breaker_open", 0);
    row(
        "it is due when the breaker has long been tried",
        [](WhyFacts& f) {
            f.isBreakerHalfOpen = true;
            f.nextAttemptAt = now + 1h;
        },
        "not_due", 3'600'000);
    row(
        "its time has not come", [](WhyFacts& f) { f.nextAttemptAt = now + 1h; }, "not_due", 3'600'000);
    row(
        "its next attempt comes later",
        [](WhyFacts& f) {
            f.attempts = 2;
            f.state = MessageState::Retrying;
            f.nextAttemptAt = now + 4s;
        },
        "not_due", 4'000);
    row(
        "paused until a time",
        [](WhyFacts& f) {
            f.isPaused = true;
            f.pausedUntil = now + 5min;
            f.pausedBy = QStringLiteral("ada");
        },
        "paused", 300'000);
    row(
        "paused until somebody resumes it", [](WhyFacts& f) { f.isPaused = true; }, "paused", -1);
    row(
        "a pause that ends before it is due",
        [](WhyFacts& f) {
            f.isPaused = true;
            f.pausedUntil = now + 5min;
            f.nextAttemptAt = now + 1h;
        },
        "not_due", 3'600'000);
    row(
        "a pause that ends after it is due",
        [](WhyFacts& f) {
            f.isPaused = true;
            f.pausedUntil = now + 2h;
            f.nextAttemptAt = now + 1h;
        },
        "paused", 7'200'000);
    row(
        "no node owns its shard", [](WhyFacts& f) { f.hasNode = false; }, "no_node", -1);
    row(
        "no node yet, and due in an hour",
        [](WhyFacts& f) {
            f.hasNode = false;
            f.nextAttemptAt = now + 1h;
        },
        "not_due", 3'600'000);
    row(
        "its node cannot open the credentials",
        [](WhyFacts& f) { f.lockedBecause = QStringLiteral("no key"); }, "locked", -1);
    row(
        "behind another message of its key",
        [](WhyFacts& f) {
            f.head = other;
            f.nextAttemptAt.reset();
        },
        "behind", -1);
    row(
        "its key is parked", [](WhyFacts& f) { f.isKeyParked = true; }, "key_parked", -1);
    row(
        "the breaker is open",
        [](WhyFacts& f) {
            f.isBreakerOpen = true;
            f.breakerUntil = now + 30s;
        },
        "breaker_open", 30'000);
    row(
        "the third party asked for a pause", [](WhyFacts& f) { f.heldUntil = now + 7s; }, "held", 7'000);
    row(
        "a pause that the third party asked for is over", [](WhyFacts& f) { f.heldUntil = now - 1ms; },
        "leaving", 0);
    row(
        "the quota is used up",
        [](WhyFacts& f) {
            f.quotaLimit = 100;
            f.quotaUsed = 100;
            f.quotaResetsAt = now + 6h;
        },
        "quota", 21'600'000);
    row(
        "something is left of the quota",
        [](WhyFacts& f) {
            f.quotaLimit = 100;
            f.quotaUsed = 99;
            f.quotaResetsAt = now + 6h;
        },
        "leaving", 0);
    row(
        "others are before it and other priorities have most of the rate",
        [](WhyFacts& f) {
            f.allowedPerSecond = 10;
            f.ahead = 50;
            f.share = 0.25;
        },
        "rate_limit", 20'000);
    row(
        "others are before it and the rate is limited",
        [](WhyFacts& f) {
            f.allowedPerSecond = 10;
            f.ahead = 50;
        },
        "rate_limit", 5'000);
    row(
        "every slot is taken",
        [](WhyFacts& f) {
            f.delivering = 64;
            f.ahead = 200;
            f.deliveredPerSecond = 100;
        },
        "no_slot", 2'000);
    row(
        "every slot is taken and nothing moves", [](WhyFacts& f) { f.delivering = 64; }, "no_slot", -1);
    row(
        "claims take long",
        [](WhyFacts& f) {
            f.nextAttemptAt = now - 5s;
            f.claimTime = 300ms;
            f.deliveredPerSecond = 10;
        },
        "database_slow", 0);
    row(
        "a person has to decide", [](WhyFacts& f) { f.state = MessageState::Unknown; }, "unknown", -1);
    row(
        "an attempt is under way",
        [](WhyFacts& f) {
            f.state = MessageState::Delivering;
            f.claimedAt = now;
        },
        "delivering", 0);
    row(
        "it is delivered", [](WhyFacts& f) { f.state = MessageState::Delivered; }, "over", -1);
    row(
        "paused counts for more than the breaker",
        [](WhyFacts& f) {
            f.isPaused = true;
            f.isBreakerOpen = true;
            f.breakerUntil = now + 1s;
        },
        "paused", -1);
}

void WhyTest::namesOneCauseAndATime()
{
    QFETCH(const Change, change);
    QFETCH(const QString, code);
    QFETCH(const qint64, expectedInMs);
    WhyFacts facts = dueNow();
    change(facts);
    const Why why = whyNotGone(facts);
    QCOMPARE(QString(toText(why.code)), code);
    QCOMPARE(why.expectedAt ? toMilliseconds(*why.expectedAt - now) : -1, expectedInMs);
    const QString words = why.words(QString::fromLatin1(why.text));
    QVERIFY(!words.isEmpty() && !words.contains(u'%'));
    const auto json = toJson(why);
    QCOMPARE(json.value(QStringLiteral("code")).toString(), code);
    QCOMPARE(json.value(QStringLiteral("behind")).toString(), facts.head ? toText(*facts.head) : QString());
}

void WhyTest::everyCodeHasItsWord()
{
    QStringList words;
    for (const auto code : allWhyCodes)
        words.append(QString(toText(code)));
    QCOMPARE(words.removeDuplicates(), 0);
}

PUNCTUAL_TEST(WhyTest)
#include "why_test.moc"
