// SPDX-License-Identifier: GPL-3.0-or-later
// Retry policies as JSON: whole ones, and parts that a message lays over them.
#include "core/retry_policy_json.h"
#include "support/json.h"
#include "support/test_main.h"

#include <QJsonDocument>

using namespace punctual;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace
{

RetryPolicy changed(void (*change)(RetryPolicy&))
{
    RetryPolicy policy;
    change(policy);
    return policy;
}

RetryPolicy listed()
{
    return {.backoff = Backoff::List, .delays = {1s, 1min}, .maxAge = 1h};
}

} // namespace

class RetryPolicyJsonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void laysPartsOver_data();
    void laysPartsOver();
    void readsBackWhatItWrote_data();
    void readsBackWhatItWrote();
    void namesEveryWrongField_data();
    void namesEveryWrongField();
};

void RetryPolicyJsonTest::laysPartsOver_data()
{
    QTest::addColumn<RetryPolicy>("base");
    QTest::addColumn<QByteArray>("parts");
    QTest::addColumn<RetryPolicy>("policy");
    const auto row = [](const char* sentence, const RetryPolicy& base, const QByteArray& parts,
                        const RetryPolicy& policy) { QTest::newRow(sentence) << base << parts << policy; };
    row("nothing changes nothing", listed(), "{}", listed());
    row("one part leaves the others", {.factor = 3}, R"({"max_attempts":9})",
        {.maxAttempts = 9, .factor = 3});
    row("full jitter", {}, R"({"jitter":"full"})", {.fullJitter = true});
    row("a number ends full jitter", {.fullJitter = true}, R"({"jitter":0.2})", {.jitter = 0.2});
    row("a list of waits", {}, R"({"backoff":"list","delays_ms":[1000,60000],"max_age_ms":3600000})",
        listed());
    row("other waits for a list", listed(), R"({"delays_ms":[0]})",
        {.backoff = Backoff::List, .delays = {0s}, .maxAge = 1h});
    row("another backoff ends the list", listed(), R"({"backoff":"fixed"})",
        {.backoff = Backoff::Fixed, .maxAge = 1h});
    row("a greatest age of null is none", listed(), R"({"max_age_ms":null})",
        {.backoff = Backoff::List, .delays = {1s, 1min}});
    row("a status that is retried now stops no longer", {}, R"({"retry_on":[410]})",
        changed([](RetryPolicy& p) { p.retryOn = {410}, p.stopOn = {}; }));
    row("a status that stops now is retried no longer", {}, R"({"stop_on":[410,425]})",
        changed([](RetryPolicy& p) {
            p.retryOn = {408, 429, 5}, p.stopOn = {410, 425};
        }));
    row("a code out of a class that another list has", {}, R"({"retry_on":["5xx"],"refuse_on":[501]})",
        changed([](RetryPolicy& p) { p.retryOn = {5}, p.refuseOn = {501}; }));
    row("no status at all", {}, R"({"retry_on":[],"stop_on":[]})",
        changed([](RetryPolicy& p) { p.retryOn = {}, p.stopOn = {}; }));
}

void RetryPolicyJsonTest::laysPartsOver()
{
    QFETCH(RetryPolicy, base);
    QFETCH(QByteArray, parts);
    const auto read = overlaid(base, objectOf(parts));
    QVERIFY2(read.has_value(), read ? "" : qPrintable(read.error().fields.front().pointer));
    QTEST(*read, "policy");
}

void RetryPolicyJsonTest::readsBackWhatItWrote_data()
{
    QTest::addColumn<RetryPolicy>("policy");
    QTest::newRow("the default") << RetryPolicy{};
    QTest::newRow("a list with a greatest age") << listed();
    QTest::newRow("full jitter") << RetryPolicy{.fullJitter = true};
    QTest::newRow("other statuses") << RetryPolicy{.retryOn = {4}, .refuseOn = {5}, .stopOn = {403}};
}

void RetryPolicyJsonTest::readsBackWhatItWrote()
{
    QFETCH(RetryPolicy, policy);
    std::vector<FieldError> errors;
    const auto read = readRetryPolicy(toJson(policy), QString(), errors);
    QVERIFY(errors.empty());
    QCOMPARE(read.fullJitter, policy.fullJitter);
    QVERIFY(toJson(read) == toJson(policy));
}

void RetryPolicyJsonTest::namesEveryWrongField_data()
{
    QTest::addColumn<QByteArray>("parts");
    QTest::addColumn<QString>("pointer");
    const auto row = [](const char* sentence, const QByteArray& parts, const QString& pointer) {
        QTest::newRow(sentence) << parts << pointer;
    };
    row("a factor below 1", R"({"factor":0.99})", u"/factor"_s);
    row("another word for the jitter", R"({"jitter":"half"})", u"/jitter"_s);
    row("a jitter above 1", R"({"jitter":1.1})", u"/jitter"_s);
    row("a list without waits", R"({"backoff":"list"})", u"/delays_ms"_s);
    row("an empty list", R"({"backoff":"list","delays_ms":[]})", u"/delays_ms"_s);
    row("a wait below 0", R"({"backoff":"list","delays_ms":[-1]})", u"/delays_ms"_s);
    row("a wait of half a millisecond", R"({"backoff":"list","delays_ms":[0.5]})", u"/delays_ms"_s);
    row("a wait of more than 10 days", R"({"backoff":"list","delays_ms":[864000001]})", u"/delays_ms"_s);
    row("waits without the list", R"({"delays_ms":[1000]})", u"/delays_ms"_s);
    row("a list that is a number", R"({"backoff":"list","delays_ms":1000})", u"/delays_ms"_s);
    row("no age at all", R"({"max_age_ms":0})", u"/max_age_ms"_s);
    row("a success that is retried", R"({"retry_on":[200]})", u"/retry_on"_s);
    row("a status that is no list", R"({"refuse_on":404})", u"/refuse_on"_s);
    row("an unknown class", R"({"stop_on":["9xx"]})", u"/stop_on"_s);
    row("a status with two meanings", R"({"retry_on":[404],"stop_on":[404]})", u"/stop_on"_s);
    row("a class with two meanings", R"({"retry_on":["5xx"],"refuse_on":["5xx"]})", u"/refuse_on"_s);
    row("an unknown field", R"({"tries":1})", u"/tries"_s);
}

void RetryPolicyJsonTest::namesEveryWrongField()
{
    QFETCH(QByteArray, parts);
    const auto read = overlaid({}, objectOf(parts));
    QVERIFY(!read);
    QCOMPARE(read.error().fields.size(), std::size_t{1});
    QTEST(read.error().fields.front().pointer, "pointer");
}

PUNCTUAL_TEST(RetryPolicyJsonTest)

#include "retry_policy_json_test.moc"
