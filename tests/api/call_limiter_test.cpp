// SPDX-License-Identifier: GPL-3.0-or-later
// How many calls a token may make: the rule by itself, and what callers see of it.
#include "api/call_limiter.h"
#include "api_fixture.h"
#include "support/test_main.h"

using namespace punctual;
using namespace punctual::api;
using namespace std::chrono_literals;
using punctual::test::ApiFixture;

namespace
{

const QUuid someToken = QUuid::createUuidV5(QUuid(), QByteArrayLiteral("some"));
const QUuid otherToken = QUuid::createUuidV5(QUuid(), QByteArrayLiteral("other"));
const Instant beginning{1000s};

QByteArray headerOf(const CallLimiter::Verdict& verdict, const QByteArray& name)
{
    for (const auto& header : verdict.headers)
        if (header.name == name)
            return header.value;
    return {};
}

} // namespace

class CallLimiterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void letsASecondsWorthThrough();
    void isFullAgainAfterASecond();
    void countsTokensApart();
    void mayHaveNoLimit();
    void answersWhoCallsTooOften();
};

void CallLimiterTest::letsASecondsWorthThrough()
{
    CallLimiter limiter(100);
    int allowed = 0;
    for (int i = 0; i < 200; ++i)
        allowed += limiter.take(someToken, beginning).allowed ? 1 : 0;
    QVERIFY2(allowed >= 90 && allowed <= 100, qPrintable(QString::number(allowed)));
    const auto verdict = limiter.take(someToken, beginning);
    QVERIFY(!verdict.allowed);
    QCOMPARE(headerOf(verdict, "RateLimit-Limit"), "100");
    QCOMPARE(headerOf(verdict, "RateLimit-Remaining"), "0");
}

void CallLimiterTest::isFullAgainAfterASecond()
{
    CallLimiter limiter(10);
    while (limiter.take(someToken, beginning).allowed) {
    }
    QVERIFY(limiter.take(someToken, beginning + 110ms).allowed);
    QVERIFY(!limiter.take(someToken, beginning + 110ms).allowed);
    const auto verdict = limiter.take(someToken, beginning + 2s);
    QVERIFY(verdict.allowed);
    QVERIFY(headerOf(verdict, "RateLimit-Remaining").toInt() >= 8);
}

void CallLimiterTest::countsTokensApart()
{
    CallLimiter limiter(1);
    QVERIFY(limiter.take(someToken, beginning).allowed);
    QVERIFY(!limiter.take(someToken, beginning).allowed);
    QVERIFY(limiter.take(otherToken, beginning).allowed);
}

void CallLimiterTest::mayHaveNoLimit()
{
    CallLimiter limiter(0);
    for (int i = 0; i < 1000; ++i)
        QVERIFY(limiter.take(someToken, beginning).allowed);
    QVERIFY(limiter.take(someToken, beginning).headers.empty());
}

void CallLimiterTest::answersWhoCallsTooOften()
{
    ServerOptions options;
    options.requestsPerSecond = 1;
    ApiFixture fixture(options);
    const auto call = [&] { return fixture.call("GET", QStringLiteral("/v1/nodes")); };
    const auto first = call();
    QCOMPARE(first.status, 200);
    QCOMPARE(first.header("ratelimit-limit"), "1");
    QVERIFY(!first.header("ratelimit-remaining").isEmpty());
    test::Reply refused;
    const auto isRefused = [&] { // one of two at once, unless they take a second
        const auto one = fixture.begin("GET", QStringLiteral("/v1/nodes"));
        const auto other = fixture.begin("GET", QStringLiteral("/v1/nodes"));
        for (auto* reply : {one.get(), other.get()})
            if (const auto answer = ApiFixture::finish(*reply); answer.status == 429)
                refused = answer;
        return refused.status == 429;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRefused(), 30'000);
    QCOMPARE(refused.problem(), QStringLiteral("too-many-requests"));
    QCOMPARE(refused.header("retry-after"), "1");
    QCOMPARE(refused.header("ratelimit-remaining"), "0");
    QCOMPARE(refused.header("ratelimit-reset"), "1");
    // Who needs no token, and who has another one, is let in.
    QCOMPARE(fixture.call("GET", QStringLiteral("/healthz")).status, 200);
    fixture.actAs(Role::Viewer);
    QCOMPARE(call().status, 200);
}

PUNCTUAL_TEST(CallLimiterTest)
#include "call_limiter_test.moc"
