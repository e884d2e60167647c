// SPDX-License-Identifier: GPL-3.0-or-later
// Which header fields of an answer are kept.
#include "delivery/answer_headers.h"
#include "support/test_main.h"

using namespace punctual;
using delivery::AnswerHeaders;

class AnswerHeadersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatSpeaksOfLimits();
    void aDateAloneIsNotKept();
    void aNewAnswerBeginsAnew();
    void isBounded();
};

void AnswerHeadersTest::keepsWhatSpeaksOfLimits()
{
    AnswerHeaders headers;
    for (const auto* line :
         {"HTTP/1.1 429 Too Many\r\n", "Date: Tue, 01 Dec 2026 09:00:00 GMT\r\n",
          "Content-Type: text/plain\r\n", "RETRY-AFTER:  7 \r\n", "RateLimit: \"a\";r=1;t=2\r\n",
          "RateLimit-Policy: \"a\";q=10\r\n", "X-RateLimit-Remaining-Requests: 3\r\n",
          "x-rate-limit-reset: 1\r\n", "Retry-After-All: 1\r\n", "X-Request-Id: 1\r\n",
          "Set-Cookie: x-ratelimit: 1\r\n", "\r\n"})
        headers.read(line);
    QCOMPARE(headers.take(), (std::vector<Header>{{"retry-after", "7"},
                                                  {"ratelimit", "\"a\";r=1;t=2"},
                                                  {"ratelimit-policy", "\"a\";q=10"},
                                                  {"x-ratelimit-remaining-requests", "3"},
                                                  {"x-rate-limit-reset", "1"},
                                                  {"date", "Tue, 01 Dec 2026 09:00:00 GMT"}}));
    QVERIFY(headers.take().empty());
}

void AnswerHeadersTest::aDateAloneIsNotKept()
{
    AnswerHeaders headers;
    headers.read("Date: Tue, 01 Dec 2026 09:00:00 GMT\r\n");
    QVERIFY(headers.take().empty());
}

void AnswerHeadersTest::aNewAnswerBeginsAnew()
{
    AnswerHeaders headers;
    headers.read("HTTP/1.1 103 Early Hints\r\n");
    headers.read("Retry-After: 1\r\n");
    headers.read("HTTP/1.1 200 OK\r\n");
    headers.read("RateLimit-Limit: 2\r\n");
    QCOMPARE(headers.take(), (std::vector<Header>{{"ratelimit-limit", "2"}}));
}

void AnswerHeadersTest::isBounded()
{
    AnswerHeaders headers;
    headers.read("RateLimit-Long: " + QByteArray(AnswerHeaders::longestValue + 1, 'x') + "\r\n");
    headers.read("RateLimit-" + QByteArray(AnswerHeaders::longestName, 'x') + ": 1\r\n");
    headers.read("Date: " + QByteArray(1000, 'x') + "\r\n");
    for (int i = 0; i < 100; ++i)
        headers.read("RateLimit-Limit: " + QByteArray::number(i) + "\r\n");
    const auto kept = headers.take();
    QCOMPARE(kept.size(), AnswerHeaders::most);
    QCOMPARE(kept.front().value, QByteArray("0"));
}

PUNCTUAL_TEST(AnswerHeadersTest)
#include "answer_headers_test.moc"
