// SPDX-License-Identifier: GPL-3.0-or-later
// The words for values are those of the design, and are read back as the same values.
#include "core/actor.h"
#include "core/attempt.h"
#include "core/attempt_result.h"
#include "core/cancel_verdict.h"
#include "core/system_status.h"
#include "support/test_main.h"

using namespace punctual;
using namespace Qt::StringLiterals;

class WordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messageStates();
    void priorities();
    void outcomes();
    void attemptResults();
    void roles();
    void policies();
    void cancelVerdicts();
    void backlogCountsLiveMessages();
    void pausesEndAtTheirTime();
};

namespace
{

/// Each word is written for its value and read as it; nothing else is read.
template <class Value>
bool areTheWords(std::optional<Value> (*parse)(QStringView),
                 const std::vector<std::pair<Value, QString>>& words)
{
    for (const auto& [value, word] : words)
        if (toText(value) != word || parse(word) != value || parse(word.toUpper()) || parse(word + u' '))
            return false;
    return !parse(QStringView()) && !parse(u"other");
}

} // namespace

void WordsTest::messageStates()
{
    using enum MessageState;
    QVERIFY(areTheWords(&parseMessageState, {{Scheduled, u"scheduled"_s},
                                             {Retrying, u"retrying"_s},
                                             {Delivering, u"delivering"_s},
                                             {Unknown, u"unknown"_s},
                                             {Delivered, u"delivered"_s},
                                             {Dead, u"dead"_s},
                                             {Cancelled, u"cancelled"_s},
                                             {Expired, u"expired"_s}}));
}

void WordsTest::attemptResults()
{
    using enum AttemptResult;
    QVERIFY(areTheWords(&parseAttemptResult, {{TooManyRequests, u"too_many_requests"_s},
                                              {ServerError, u"server_error"_s},
                                              {OtherAnswer, u"other_answer"_s},
                                              {NoConnection, u"no_connection"_s},
                                              {NoAnswer, u"no_answer"_s},
                                              {Delivered, u"delivered"_s},
                                              {Refused, u"refused"_s}}));
}

void WordsTest::priorities()
{
    using enum Priority;
    QVERIFY(areTheWords(&parsePriority, {{High, u"high"_s}, {Normal, u"normal"_s}, {Low, u"low"_s}}));
}

void WordsTest::outcomes()
{
    using enum Outcome;
    QVERIFY(areTheWords(&parseOutcome, {{Delivered, u"delivered"_s},
                                        {Failed, u"failed"_s},
                                        {Refused, u"refused"_s},
                                        {Unknown, u"unknown"_s}}));
}

void WordsTest::roles()
{
    using enum Role;
    QVERIFY(areTheWords(&parseRole, {{Viewer, u"viewer"_s}, {Operator, u"operator"_s}, {Admin, u"admin"_s}}));
}

void WordsTest::policies()
{
    QVERIFY(areTheWords(&parseBackoff, {{Backoff::Exponential, u"exponential"_s},
                                        {Backoff::Fixed, u"fixed"_s},
                                        {Backoff::List, u"list"_s}}));
    QVERIFY(areTheWords(&parseOnUnknown, {{OnUnknown::Retry, u"retry"_s}, {OnUnknown::Hold, u"hold"_s}}));
}

void WordsTest::cancelVerdicts()
{
    QCOMPARE(toText(CancelVerdict{}), "not_found"_L1);
    QVERIFY(!CancelVerdict{}.isCancelled());
    const CancelVerdict cancelled{.state = MessageState::Cancelled, .message = {}};
    QCOMPARE(toText(cancelled), "cancelled"_L1);
    QVERIFY(cancelled.isCancelled());
    const CancelVerdict tooLate{.state = MessageState::Delivering, .message = {}};
    QCOMPARE(toText(tooLate), "delivering"_L1);
    QVERIFY(!tooLate.isCancelled());
}

void WordsTest::backlogCountsLiveMessages()
{
    SystemStatus status;
    qint64 count = 1;
    for (const auto state : allMessageStates) // 1, 10, 100, … so that each shows as a digit
        status.messages[state] = std::exchange(count, count * 10);
    QCOMPARE(status.backlog(), 1111); // scheduled, retrying, delivering, unknown come first
    status.nodes.resize(3);
    status.nodes[1].alive = true;
    QCOMPARE(status.liveNodes(), 1U);
}

void WordsTest::pausesEndAtTheirTime()
{
    const Instant now{std::chrono::sys_days{std::chrono::December / 1 / 2026}};
    Destination destination;
    QVERIFY(!destination.isPaused(now));
    destination.pause = Pause{};
    QVERIFY(destination.isPaused(now));
    destination.pause->until = now;
    QVERIFY(!destination.isPaused(now));
    QVERIFY(destination.isPaused(now - Duration(1)));
}

PUNCTUAL_TEST(WordsTest)

#include "words_test.moc"
