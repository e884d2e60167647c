// SPDX-License-Identifier: GPL-3.0-or-later
// The wait before the next attempt.
#include "core/retry_policy.h"
#include "support/test_main.h"

using namespace punctual;
using namespace std::chrono_literals;

class RetryPolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void waitsAsLongAsThePolicySays_data();
    void waitsAsLongAsThePolicySays();
    void jitterStaysWithinItsShare_data();
    void jitterStaysWithinItsShare();
    void fullJitterReachesFromNothingToAll();
    void statusesHaveAMeaning_data();
    void statusesHaveAMeaning();
};

void RetryPolicyTest::waitsAsLongAsThePolicySays_data()
{
    QTest::addColumn<RetryPolicy>("policy");
    QTest::addColumn<int>("attempt");
    QTest::addColumn<Duration>("wait");
    const auto row = [](const char* sentence, const RetryPolicy& policy, int attempt, Duration wait) {
        QTest::newRow(sentence) << policy << attempt << wait;
    };
    const RetryPolicy doubling{.initialDelay = 1s, .factor = 2, .maxDelay = 1h, .jitter = 0};
    row("after the first attempt 1 s", doubling, 1, 1s);
    row("after the second attempt 2 s", doubling, 2, 2s);
    row("after the third attempt 4 s", doubling, 3, 4s);
    row("after the fourth attempt 8 s", doubling, 4, 8s);
    row("the last wait below the cap", doubling, 12, 2048s);
    row("the first wait at the cap", doubling, 13, 1h);
    row("attempt 1,000 waits for the cap", doubling, 1000, 1h);
    row("a number beyond all attempts waits for the cap", doubling, 1'000'000'000, 1h);
    row("attempt 0 is like the first", doubling, 0, 1s);
    const RetryPolicy fixed{.backoff = Backoff::Fixed, .initialDelay = 30s, .maxDelay = 1h, .jitter = 0};
    row("a fixed wait does not grow", fixed, 50, 30s);
    row("a factor of 1 does not grow", {.initialDelay = 3s, .factor = 1, .jitter = 0}, 50, 3s);
    row("a fraction in the factor", {.initialDelay = 1s, .factor = 1.5, .jitter = 0}, 3, 2250ms);
    row("a cap below the first wait", {.initialDelay = 10s, .maxDelay = 5s, .jitter = 0}, 1, 5s);
    row("a fixed wait has the cap too",
        {.backoff = Backoff::Fixed, .initialDelay = 10s, .maxDelay = 5s, .jitter = 0}, 1, 5s);
    row("no wait stays none", {.initialDelay = 0s, .jitter = 0}, 3, 0s);
    row("no wait stays none for ever", {.initialDelay = 0s, .factor = 100, .jitter = 0}, 1000, 0s);
    const RetryPolicy list{.backoff = Backoff::List, .maxDelay = 1h, .jitter = 0, .delays = {1s, 1min, 24h}};
    row("the first of a list", list, 1, 1s);
    row("the second of a list", list, 2, 1min);
    row("the last of a list, whatever the cap", list, 3, 24h);
    row("the last of a list repeats", list, 99, 24h);
    row("a cap of nothing", {.initialDelay = 1s, .maxDelay = 0s, .jitter = 0}, 5, 0s);
}

void RetryPolicyTest::waitsAsLongAsThePolicySays()
{
    QFETCH(RetryPolicy, policy);
    QFETCH(int, attempt);
    QTEST(policy.delayAfter(attempt, 0), "wait");
}

void RetryPolicyTest::jitterStaysWithinItsShare_data()
{
    QTest::addColumn<double>("jitter");
    QTest::addColumn<double>("random");
    QTest::addColumn<Duration>("wait");
    QTest::newRow("the least of 10 %") << 0.1 << 0.0 << Duration(900ms);
    QTest::newRow("the middle of 10 %") << 0.1 << 0.5 << Duration(1s);
    QTest::newRow("nearly the most of 10 %") << 0.1 << 0.75 << Duration(1050ms);
    QTest::newRow("the least of 100 %") << 1.0 << 0.0 << Duration(0s);
    QTest::newRow("the middle of 100 %") << 1.0 << 0.5 << Duration(1s);
    QTest::newRow("none") << 0.0 << 0.9 << Duration(1s);
}

void RetryPolicyTest::jitterStaysWithinItsShare()
{
    QFETCH(double, jitter);
    QFETCH(double, random);
    const RetryPolicy policy{.initialDelay = 1s, .jitter = jitter};
    QTEST(policy.delayAfter(1, random), "wait");
    const RetryPolicy capped{.initialDelay = 1min, .maxDelay = 1s, .jitter = jitter};
    QVERIFY(capped.delayAfter(1, random) <= 1s);
}

void RetryPolicyTest::fullJitterReachesFromNothingToAll()
{
    const RetryPolicy policy{.initialDelay = 1s, .jitter = 0.1, .fullJitter = true};
    QCOMPARE(policy.delayAfter(1, 0), Duration(0s));
    QCOMPARE(policy.delayAfter(1, 0.5), Duration(500ms));
    QCOMPARE(policy.delayAfter(2, 0.75), Duration(1500ms));
}

void RetryPolicyTest::statusesHaveAMeaning_data()
{
    QTest::addColumn<RetryPolicy>("policy");
    QTest::addColumn<int>("status");
    QTest::addColumn<StatusMeaning>("meaning");
    const auto row = [](const char* sentence, const RetryPolicy& policy, int status, StatusMeaning meaning) {
        QTest::newRow(sentence) << policy << status << meaning;
    };
    using enum StatusMeaning;
    row("gone stops", {}, 410, Stop);
    row("too many requests is retried", {}, 429, Retry);
    row("a server error is retried", {}, 503, Retry);
    row("not found is refused", {}, 404, Refuse);
    row("a redirect is refused", {}, 302, Refuse);
    row("2xx is delivered, whatever the lists say", {.retryOn = {200}}, 200, Delivered);
    row("a code before a class", {.retryOn = {5}, .refuseOn = {501}}, 501, Refuse);
    row("a class besides its code", {.retryOn = {5}, .refuseOn = {501}}, 502, Retry);
    row("a retried code in a class that stops", {.retryOn = {409}, .stopOn = {4}}, 409, Retry);
    row("the rest of a class that stops", {.retryOn = {409}, .stopOn = {4}}, 404, Stop);
    row("what is in no list is refused", {.retryOn = {}, .stopOn = {}}, 500, Refuse);
}

void RetryPolicyTest::statusesHaveAMeaning()
{
    QFETCH(RetryPolicy, policy);
    QFETCH(int, status);
    QTEST(policy.meaningOf(status), "meaning");
}

PUNCTUAL_TEST(RetryPolicyTest)

#include "retry_policy_test.moc"
