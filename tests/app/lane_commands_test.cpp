// SPDX-License-Identifier: GPL-3.0-or-later
// punctualctl on what holds messages back: why, resolve, restore, forecast, and the rules of destinations.
#include "programs.h"
#include "support/test_main.h"

#include <QFile>
#include <QJsonArray>

using namespace punctual::test;

class LaneCommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void saysWhy();
    void resolves();
    void restores();
    void forecasts();
    void listsAndReleasesKeys();
    void takesRulesFromOptions();
    void takesTheWholeFromAFile();
    void laysOptionsOverAFile();
    void showsTheStateOfTheLane();
    void refusesArguments_data();
    void refusesArguments();
    void neverRepeatsASecret();

private:
    /// A message in a state that is written over the state machine.
    [[nodiscard]] QString messageThatIs(const QString& state, const QStringList& more = {});

    std::unique_ptr<Programs> m_programs;
};

void LaneCommandsTest::init()
{
    m_programs = std::make_unique<Programs>();
    m_programs->addDestination(QStringLiteral("orders"), QStringLiteral("http://127.0.0.1:9/hook"));
}

QString LaneCommandsTest::messageThatIs(const QString& state, const QStringList& more)
{
    const QString id = m_programs->schedule(words("orders --in 1h --body 1") + more);
    m_programs->database().exec(
        QStringLiteral("UPDATE punctual.messages SET state = '%1', attempts = 1, next_attempt_at = NULL, "
                       "finished_at = %2 WHERE id = '%3'")
            .arg(state, state == u"unknown" ? QStringLiteral("'infinity'") : QStringLiteral("now()"), id));
    return id;
}

void LaneCommandsTest::saysWhy()
{
    const QString id = m_programs->schedule(words("orders --in 1h --body 1"));
    auto ending = m_programs->ctl({QStringLiteral("why"), id, QStringLiteral("--json")});
    QCOMPARE(ending.exitCode, 0);
    QCOMPARE(ending.json().value(u"code").toString(), QStringLiteral("not_due"));
    QVERIFY(ending.json().value(u"expected_at").isString());
    ending = m_programs->ctl({QStringLiteral("why"), id});
    QCOMPARE(ending.exitCode, 0);
    QVERIFY(ending.output.startsWith("not_due: "));
    QCOMPARE(ending.output.count('\n'), 2); // with the time
    QCOMPARE(m_programs->ctl({QStringLiteral("why"), nobodysId}).exitCode, 3);
}

void LaneCommandsTest::resolves()
{
    const QString id = messageThatIs(QStringLiteral("unknown"));
    const auto resolve = [&](const QString& which) {
        return m_programs->ctl({QStringLiteral("resolve"), which, QStringLiteral("--as"),
                                QStringLiteral("delivered"), QStringLiteral("--reason"),
                                QStringLiteral("they have it"), QStringLiteral("--json")});
    };
    auto ending = resolve(id);
    QCOMPARE(ending.exitCode, 0);
    QCOMPARE(ending.json().value(u"verdict").toString(), QStringLiteral("delivered"));
    QCOMPARE(m_programs->state(id), QStringLiteral("delivered"));
    QCOMPARE(m_programs->database()
                 .value(QStringLiteral("SELECT reason FROM punctual.audit WHERE action = 'resolve'"))
                 .toString(),
             QStringLiteral("they have it"));
    ending = resolve(id);
    QCOMPARE(ending.exitCode, 4);
    QCOMPARE(ending.json().value(u"verdict").toString(), QStringLiteral("delivered"));
    ending = resolve(nobodysId);
    QCOMPARE(ending.exitCode, 3);
    QCOMPARE(ending.json().value(u"verdict").toString(), QStringLiteral("not_found"));
}

void LaneCommandsTest::restores()
{
    const QString id = m_programs->schedule(words("orders --in 1h --body 1"));
    QCOMPARE(m_programs->ctl({QStringLiteral("restore"), id}).exitCode, 4);
    QCOMPARE(m_programs->ctl({QStringLiteral("cancel"), id}).exitCode, 0);
    const auto ending = m_programs->ctl({QStringLiteral("restore"), id});
    QCOMPARE(ending.exitCode, 0);
    QVERIFY(ending.output.contains(id.toLatin1()));
    QCOMPARE(m_programs->state(id), QStringLiteral("scheduled"));
    QCOMPARE(m_programs->ctl({QStringLiteral("restore"), nobodysId}).exitCode, 3);
}

void LaneCommandsTest::forecasts()
{
    QCOMPARE(m_programs->ctl(words("destination add tight --url http://a.example --quota 1/month")).exitCode,
             0);
    for (int i = 0; i < 2; ++i)
        (void)m_programs->schedule(words("tight --in 2h --body 1"));
    auto ending = m_programs->ctl(words("forecast --destination tight --hours 4 --json"));
    QCOMPARE(ending.exitCode, 0);
    const auto items = ending.json().value(u"items").toArray();
    QCOMPARE(items.size(), 1);
    QCOMPARE(items[0].toObject().value(u"hours").toArray().size(), 4);
    ending = m_programs->ctl(words("forecast"));
    QCOMPARE(ending.exitCode, 0);
    QVERIFY2(ending.output.contains("The quota of tight runs out at "), ending.output.constData());
    QCOMPARE(m_programs->ctl(words("forecast --destination nowhere")).exitCode, 3);
}

void LaneCommandsTest::listsAndReleasesKeys()
{
    const QString head = messageThatIs(QStringLiteral("dead"), words("--key customer-12"));
    QVERIFY(m_programs->ctl(words("destination keys orders")).output.startsWith("No key"));
    m_programs->database().exec(
        QStringLiteral("INSERT INTO punctual.parked_keys (destination, key, message_id) "
                       "VALUES ('orders', 'customer-12', '%1')")
            .arg(head));
    auto ending = m_programs->ctl(words("destination keys orders --json"));
    QCOMPARE(ending.exitCode, 0);
    const auto key = ending.json().value(u"items").toArray().first().toObject();
    QCOMPARE(key.value(u"key").toString(), QStringLiteral("customer-12"));
    QCOMPARE(key.value(u"head").toObject().value(u"id").toString(), head);
    ending = m_programs->ctl(words("destination keys orders"));
    QVERIFY2(ending.output.contains("parked since"), ending.output.constData());
    QCOMPARE(m_programs->ctl(words("destination release orders customer-12 --reason mended")).exitCode, 0);
    QCOMPARE(m_programs->ctl(words("destination release orders customer-12")).exitCode, 3);
    QCOMPARE(m_programs->ctl(words("destination keys nowhere")).exitCode, 3);
}

void LaneCommandsTest::takesRulesFromOptions()
{
    const auto ending = m_programs->ctl(words(
        "destination add a --url https://a.example --rate-limit 100/s --burst 5 --quota 100000/day "
        "--quota-time-zone Asia/Singapore --breaker --breaker-open 1m --order skip --skip-after 2 --batch "
        "ndjson "
        "--batch-max-wait 50ms --backoff list --delays 1s,1m --jitter full --max-age 1h --retry-on 429,5xx "
        "--refuse-on 501 --stop-on 410,423 --insecure --json"));
    QVERIFY2(ending.exitCode == 0, ending.errors.constData());
    const auto added = ending.json();
    const auto group = [&](QStringView name) { return added.value(name).toObject(); };
    QCOMPARE(group(u"rate_limit").value(u"limit").toInt(), 100);
    QCOMPARE(group(u"rate_limit").value(u"per_ms").toInt(), 1000);
    QCOMPARE(group(u"rate_limit").value(u"burst").toInt(), 5);
    QCOMPARE(group(u"quota").value(u"per").toString(), QStringLiteral("day"));
    QCOMPARE(group(u"quota").value(u"time_zone").toString(), QStringLiteral("Asia/Singapore"));
    QCOMPARE(group(u"circuit_breaker").value(u"open_ms").toInt(), 60'000);
    QCOMPARE(group(u"circuit_breaker").value(u"min_calls").toInt(), 20); // as by default
    QCOMPARE(group(u"order").value(u"skip_after").toInt(), 2);
    QCOMPARE(group(u"batch").value(u"max_wait_ms").toInt(), 50);
    QCOMPARE(group(u"retry").value(u"delays_ms").toArray(), (QJsonArray{1000, 60'000}));
    QCOMPARE(group(u"retry").value(u"jitter").toString(), QStringLiteral("full"));
    QCOMPARE(group(u"retry").value(u"stop_on").toArray(), (QJsonArray{410, 423}));
    QCOMPARE(group(u"tls").value(u"verify").toBool(true), false);
    QCOMPARE(added.value(u"warnings").toArray().size(), 1);

    const auto shown = m_programs->ctl(words("destination show a"));
    QCOMPARE(shown.exitCode, 0);
    for (const auto* part : {"100 in 1s (token_bucket, burst 5)", "100000 a day (Asia/Singapore)",
                             "0 of 100000", "1s, 1m", "NOT verified", "not verified"})
        QVERIFY2(shown.output.contains(part), shown.output.constData());
}

void LaneCommandsTest::takesTheWholeFromAFile()
{
    const QByteArray whole =
        R"({"url":"https://a.example","order":{"on_failure":"park"},"quota":{"limit":5,"per":"hour"}})";
    const auto piped = m_programs->ctl(words("destination add a --from - --json"), whole);
    QVERIFY2(piped.exitCode == 0, piped.errors.constData());
    QCOMPARE(piped.json().value(u"order").toObject().value(u"on_failure").toString(), QStringLiteral("park"));

    // What is shown may be sent back, as a whole.
    const QString path = m_programs->dataDir() + QStringLiteral("/a.json");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(piped.output);
    file.close();
    const auto again = m_programs->ctl(words("destination add a --json --from") + QStringList{path});
    QVERIFY2(again.exitCode == 0, again.errors.constData());
    QCOMPARE(again.json().value(u"quota"), piped.json().value(u"quota"));
    QCOMPARE(again.json().value(u"order"), piped.json().value(u"order"));
}

void LaneCommandsTest::laysOptionsOverAFile()
{
    const QByteArray whole = R"({"url":"https://a.example","method":"PUT","headers":{"X-A":"1","X-B":"2"},
                                 "quota":{"limit":5,"per":"hour","time_zone":"Europe/Berlin"}})";
    const auto ending = m_programs->ctl(
        words("destination add a --from - --url https://b.example --quota 7/day --header X-B:3 --json"),
        whole);
    QVERIFY2(ending.exitCode == 0, ending.errors.constData());
    const auto added = ending.json();
    QCOMPARE(added.value(u"url").toString(), QStringLiteral("https://b.example"));
    QCOMPARE(added.value(u"method").toString(), QStringLiteral("PUT"));
    QCOMPARE(added.value(u"quota").toObject(),
             (QJsonObject{{QStringLiteral("limit"), 7},
                          {QStringLiteral("per"), QStringLiteral("day")},
                          {QStringLiteral("time_zone"), QStringLiteral("Europe/Berlin")}}));
    QCOMPARE(added.value(u"headers").toObject(), (QJsonObject{{QStringLiteral("X-A"), QStringLiteral("1")},
                                                              {QStringLiteral("X-B"), QStringLiteral("3")}}));
}

void LaneCommandsTest::showsTheStateOfTheLane()
{
    QCOMPARE(
        m_programs->ctl(words("destination add a --url http://a.example --breaker --quota 10/day")).exitCode,
        0);
    m_programs->database().exec(QStringLiteral(
        "UPDATE punctual.lanes SET breaker_state = 'open', breaker_until = now() + interval '1 hour', "
        "breaker_cause = '10 calls in a row failed', held_until = now() + interval '1 hour', "
        "held_because = 'Retry-After of a 429', quota_used = 10, quota_resets_at = now() + interval '1 "
        "minute' "
        "WHERE destination = 'a'"));
    const auto shown = m_programs->ctl(words("destination show a"));
    const auto listed = m_programs->ctl(words("destination list"));
    for (const auto& ending : {shown, listed}) {
        QCOMPARE(ending.exitCode, 0);
        for (const auto* part :
             {"open until ", "10 calls in a row failed", "Retry-After of a 429", "10 of 10 until "})
            QVERIFY2(ending.output.contains(part), ending.output.constData());
    }
    QVERIFY2(shown.output.contains("used up"), shown.output.constData());
}

void LaneCommandsTest::refusesArguments_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* name, const char* arguments, const char* named) {
        QTest::newRow(name) << QString::fromLatin1(arguments) << QString::fromLatin1(named);
    };
    row("no URL", "destination add a", "--url");
    row("a rate without a span", "destination add a --url http://a.example --rate-limit 100", "--rate-limit");
    row("a rate of nothing", "destination add a --url http://a.example --rate-limit 0/1s", "--rate-limit");
    row("a rate in an unknown unit", "destination add a --url http://a.example --rate-limit 1/x",
        "--rate-limit");
    row("a burst of another algorithm",
        "destination add a --url http://a.example --rate-limit 1/s --rate-algorithm leaky_bucket --burst 2",
        "--burst");
    row("an algorithm", "destination add a --url http://a.example --rate-limit 1/s --rate-algorithm magic",
        "--rate-algorithm");
    row("a period", "destination add a --url http://a.example --quota 5/week", "--quota");
    row("a time zone of nothing", "destination add a --url http://a.example --quota-time-zone UTC",
        "--quota");
    row("an unknown time zone",
        "destination add a --url http://a.example --quota 5/day --quota-time-zone Mars", "--quota-time-zone");
    row("a ratio", "destination add a --url http://a.example --breaker-failure-ratio 2",
        "--breaker-failure-ratio");
    row("an order", "destination add a --url http://a.example --order cry", "--order");
    row("a batch format", "destination add a --url http://a.example --batch xml", "--batch");
    row("a wait without a batch", "destination add a --url http://a.example --batch-max-wait 1s", "--batch");
    row("a delay", "destination add a --url http://a.example --backoff list --delays 1s,soon", "--delays");
    row("a status code", "destination add a --url http://a.example --retry-on 200", "--retry-on");
    row("no TLS to verify", "destination add a --url http://a.example --insecure", "--tls");
    row("a file that is not there", "destination add a --from /nowhere", "--from");
    row("a secret that is not there", "destination add a --url http://a.example --signing-secret /nowhere",
        "--signing-secret");
    row("a state that nobody decides", "resolve 01900000-0000-7000-8000-000000000000 --as cancelled", "--as");
    row("no state", "resolve 01900000-0000-7000-8000-000000000000", "--as");
    row("too many hours", "forecast --hours 241", "--hours");
    row("a cursor of keys", "destination keys orders --cursor !", "--cursor");
}

void LaneCommandsTest::refusesArguments()
{
    QFETCH(const QString, arguments);
    QFETCH(const QString, named);
    const auto ending = m_programs->ctl(arguments.split(u' '));
    QCOMPARE(ending.exitCode, 2);
    QVERIFY2(ending.errors.contains(named.toUtf8()), ending.errors.constData());
    QCOMPARE(ending.output, QByteArray());
}

void LaneCommandsTest::neverRepeatsASecret()
{
    const auto wrong =
        m_programs->ctl(words("destination add a --url http://a.example --signing-secret -"), "hush-hush\n");
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY2(wrong.errors.contains("--signing-secret"), wrong.errors.constData());
    QVERIFY(!wrong.errors.contains("hush"));
    const auto json = m_programs->ctl(words("destination add a --from -"), "{\"signing_secret\":\"hush-hush");
    QCOMPARE(json.exitCode, 2);
    QVERIFY(!json.errors.contains("hush"));
}

PUNCTUAL_TEST(LaneCommandsTest)
#include "lane_commands_test.moc"
