// SPDX-License-Identifier: GPL-3.0-or-later
// Operations and dead letters in words and JSON.
#include "core/dead_letters.h"
#include "core/operation_json.h"
#include "support/factories.h"
#include "support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace punctual;
using punctual::test::at;
using namespace std::chrono_literals;

class OperationJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWordIsReadBack();
    void readsARequest();
    void writesAFilterToTheMicrosecond();
    void writesOnlyTheOptionsThatWereGiven();
    void readsAReplay();
    void aReplayWithoutFieldsChangesNothing();
    void aCursorIsReadBack();
};

void OperationJsonTest::everyWordIsReadBack()
{
    for (const auto action : allOperationActions)
        QCOMPARE(parseOperationAction(QString(toText(action))), std::optional(action));
    using enum OperationState;
    for (const auto state : {Running, Done, Aborted, Stopped})
        QCOMPARE(parseOperationState(QString(toText(state))), std::optional(state));
    QVERIFY(!parseOperationAction(u"delete"));
    QVERIFY(!parseOperationState(u"paused"));
}

void OperationJsonTest::readsARequest()
{
    std::vector<FieldError> errors;
    const QJsonObject object{
        {QStringLiteral("action"), QStringLiteral("reschedule")},
        {QStringLiteral("filter"),
         QJsonObject{
             {QStringLiteral("state"), QJsonArray{QStringLiteral("scheduled"), QStringLiteral("retrying")}},
             {QStringLiteral("due_before"), QStringLiteral("2026-12-01T09:00:00.000001Z")},
             {QStringLiteral("attempted_after"), QStringLiteral("2026-12-01T09:00:00Z")},
             {QStringLiteral("attempted_before"), QStringLiteral("2026-12-01T09:00:00.000002Z")},
             {QStringLiteral("attempt"), QStringLiteral("server_error,no_answer")},
             {QStringLiteral("q"), QStringLiteral("xmas")}}},
        {QStringLiteral("shift_ms"), -1000},
        {QStringLiteral("dry_run"), true},
        {QStringLiteral("reason"), QStringLiteral("too late")}};
    const auto request = readOperationRequest(object, {}, errors);
    QVERIFY(errors.empty());
    QCOMPARE(request.operation.action, OperationAction::Reschedule);
    QCOMPARE(request.operation.filter.states, (std::vector{MessageState::Scheduled, MessageState::Retrying}));
    QCOMPARE(request.operation.filter.dueBefore, std::optional(at(1us)));
    QCOMPARE(request.operation.filter.attemptedAfter, std::optional(at(0us)));
    QCOMPARE(request.operation.filter.attemptedBefore, std::optional(at(2us)));
    QCOMPARE(request.operation.filter.results,
             (std::vector{AttemptResult::ServerError, AttemptResult::NoAnswer}));
    QCOMPARE(request.operation.filter.text, QStringLiteral("xmas"));
    QCOMPARE(toJson(request.operation.filter).value(QStringLiteral("attempt")),
             QJsonValue(QJsonArray{QStringLiteral("server_error"), QStringLiteral("no_answer")}));
    QCOMPARE(request.operation.shift, std::optional<Duration>(-1s));
    QVERIFY(request.dryRun);
    QCOMPARE(request.reason, QStringLiteral("too late"));
}

void OperationJsonTest::writesAFilterToTheMicrosecond()
{
    const auto object = toJson(MessageFilter{.dueAfter = at(7us)});
    QCOMPARE(object,
             (QJsonObject{{QStringLiteral("due_after"), QStringLiteral("2026-12-01T09:00:00.000007Z")}}));
    QVERIFY(toJson(MessageFilter{}).isEmpty());
}

void OperationJsonTest::writesOnlyTheOptionsThatWereGiven()
{
    QVERIFY(optionsOf({}).isEmpty());
    QCOMPARE(optionsOf({.all = true, .perSecond = 5, .spread = 1min}),
             (QJsonObject{{QStringLiteral("all"), true},
                          {QStringLiteral("per_second"), 5},
                          {QStringLiteral("spread_ms"), 60000}}));
}

void OperationJsonTest::readsAReplay()
{
    std::vector<FieldError> errors;
    const QByteArray text = R"({"payload":{"b": 1,"a":2},"due_at":"2026-12-01T09:00:00Z","headers":{}})";
    const auto request = readReplayRequest(QJsonDocument::fromJson(text).object(), text, {}, errors);
    QVERIFY(errors.empty());
    QCOMPARE(request.change.body, std::optional(QByteArrayLiteral(R"({"b":1,"a":2})")));
    QCOMPARE(request.change.contentType, std::optional(QByteArrayLiteral("application/json")));
    QCOMPARE(std::get<Instant>(request.change.due), at());
    QVERIFY(request.change.headers && request.change.headers->empty()); // none instead of those it had
}

void OperationJsonTest::aReplayWithoutFieldsChangesNothing()
{
    std::vector<FieldError> errors;
    const auto change = readReplayRequest({}, {}, {}, errors).change;
    QVERIFY(errors.empty());
    QVERIFY(!change.body && !change.contentType && !change.headers && change.destination.isEmpty());
    QCOMPARE(std::get<Duration>(change.due), Duration{});
}

void OperationJsonTest::aCursorIsReadBack()
{
    const DeadLetterCursor cursor{at(7us), QStringLiteral("00ff00ff00ff00ff")};
    const auto read = parseDeadLetterCursor(toText(cursor));
    QVERIFY(read.has_value());
    QCOMPARE(read->lastAt, cursor.lastAt);
    QCOMPARE(read->fingerprint, cursor.fingerprint);
    for (const auto& text : {QStringLiteral("abc"), QStringLiteral("%%%"), QString()})
        QVERIFY(!parseDeadLetterCursor(text));
}

PUNCTUAL_TEST(OperationJsonTest)
#include "operation_json_test.moc"
