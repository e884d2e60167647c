// SPDX-License-Identifier: GPL-3.0-or-later
// punctualctl as a process: what it writes, where, and how it ends.
#include "programs.h"
#include "support/test_main.h"

#include <QJsonArray>

using namespace punctual::test;

class CommandLineProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refusesArguments_data();
    void refusesArguments();
    void refusesBeforeADatabaseIsOpened();
    void saysThatTheDatabaseIsAway();
    void keepsDestinations();
    void schedulesBytesAsTheyAre_data();
    void schedulesBytesAsTheyAre();
    void takesAllFieldsOfAMessage();
    void readsTheBodyFromStandardInput();
    void schedulesOnceForAKey();
    void listsPages();
    void filtersLists();
    void showsAMessage();
    void cancels();
    void tellsTheStatus();

private:
    std::unique_ptr<Programs> m_programs;
};

namespace
{

QStringList ids(const QJsonObject& page)
{
    QStringList found;
    const auto items = page.value(u"items").toArray();
    for (const auto& item : items)
        found.append(item.toObject().value(u"id").toString());
    return found;
}

} // namespace

void CommandLineProgramTest::init()
{
    m_programs = std::make_unique<Programs>();
    m_programs->addDestination(QStringLiteral("orders"), QStringLiteral("http://127.0.0.1:9/hook"));
}

void CommandLineProgramTest::refusesArguments_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("no sub-command") << ""
                                    << "subcommand";
    QTest::newRow("an unknown one") << "explode"
                                    << "subcommand";
    QTest::newRow("an unknown flag") << "list --colour red"
                                     << "--colour";
    QTest::newRow("a span") << "schedule orders --in soon --body x"
                            << "--in";
    QTest::newRow("no due time") << "schedule orders --body x"
                                 << "--in";
    QTest::newRow("two due times") << "schedule orders --in 1s --at 2027-01-01T00:00:00Z --body x"
                                   << "--in";
    QTest::newRow("no body") << "schedule orders --in 1s"
                             << "--body";
    QTest::newRow("a file that is not there") << "schedule orders --in 1s --body-file /nowhere"
                                              << "--body-file";
    QTest::newRow("a time") << "schedule orders --at yesterday --body x"
                            << "--at";
    QTest::newRow("a time in a gap") << "schedule orders --at 2027-03-28T02:30 --zone Europe/Berlin --body x"
                                     << "2027-03-28T03:30:00+02:00";
    QTest::newRow("a zone") << "schedule orders --at 2027-01-01T00:00 --zone Mars/Base --body x"
                            << "--zone";
    QTest::newRow("a zone and an offset") << "schedule orders --at 2027-01-01T00:00:00Z --zone UTC --body x"
                                          << "--zone";
    QTest::newRow("a priority") << "schedule orders --in 1s --body x --priority urgent"
                                << "--priority";
    QTest::newRow("a header without a value") << "schedule orders --in 1s --body x --header X-A"
                                              << "--header";
    QTest::newRow("a header twice") << "schedule orders --in 1s --body x --header X-A:1 --header X-A:2"
                                    << "X-A";
    QTest::newRow("a header of Punctual's") << "schedule orders --in 1s --body x --header Punctual-Attempt:1"
                                            << "Punctual-Attempt";
    QTest::newRow("a number") << "schedule orders --in 1s --body x --max-attempts many"
                              << "--max-attempts";
    QTest::newRow("a URL") << "destination add x --url ftp://example.com"
                           << "--url";
    QTest::newRow("a backoff") << "destination add x --url http://a.example --backoff never"
                               << "--backoff";
    QTest::newRow("a name") << "destination add -- -x --url http://a.example"
                            << "";
    QTest::newRow("an id") << "show 7"
                           << "7";
    QTest::newRow("a result of an attempt") << "list --attempt late"
                                            << "--attempt";
    QTest::newRow("a state") << "list --state asleep"
                             << "asleep";
    QTest::newRow("a limit") << "list --limit 501"
                             << "--limit";
    QTest::newRow("a cursor") << "list --cursor x"
                              << "--cursor";
    QTest::newRow("a wrong setting") << "list --log-level loud"
                                     << "log.level";
}

void CommandLineProgramTest::refusesArguments()
{
    QFETCH(const QString, arguments);
    QFETCH(const QString, named);
    const auto ending = m_programs->ctl(arguments.split(u' ', Qt::SkipEmptyParts));
    QCOMPARE(ending.exitCode, 2);
    QVERIFY2(ending.errors.contains(named.toUtf8()), ending.errors.constData());
    QCOMPARE(ending.output, QByteArray());
}

void CommandLineProgramTest::refusesBeforeADatabaseIsOpened()
{
    const auto ending =
        runToEnd(QStringLiteral("punctualctl"), words("--database postgresql://127.0.0.1:1/x show 7"));
    QCOMPARE(ending.exitCode, 2);
}

void CommandLineProgramTest::saysThatTheDatabaseIsAway()
{
    const auto ending = runToEnd(QStringLiteral("punctualctl"),
                                 words("--database postgresql://ann:hunter2@127.0.0.1:1/x list"));
    QCOMPARE(ending.exitCode, 5);
    QCOMPARE(ending.output, QByteArray());
    QVERIFY(!ending.errors.isEmpty());
    QVERIFY(!ending.errors.contains("hunter2"));
}

void CommandLineProgramTest::keepsDestinations()
{
    auto ending = m_programs->ctl(
        words("destination add a --url http://a.example/hook --method PUT --timeout 3s "
              "--max-concurrency 2 --max-attempts 7 --backoff fixed --initial-delay 2s "
              "--max-delay 1m --jitter 0 --on-unknown hold --header X-Api-Key:topsecret --json"));
    QCOMPARE(ending.exitCode, 0);
    const auto added = ending.json();
    QCOMPARE(added.value(u"name").toString(), QStringLiteral("a"));
    QCOMPARE(added.value(u"method").toString(), QStringLiteral("PUT"));
    QCOMPARE(added.value(u"timeout_ms").toInt(), 3000);
    QCOMPARE(added.value(u"on_unknown").toString(), QStringLiteral("hold"));
    QCOMPARE(added.value(u"retry").toObject().value(u"max_attempts").toInt(), 7);
    QCOMPARE(added.value(u"retry").toObject().value(u"initial_delay_ms").toInt(), 2000);
    QVERIFY(!ending.output.contains("topsecret"));

    ending = m_programs->ctl(words("destination show a"));
    QCOMPARE(ending.exitCode, 0);
    QVERIFY(ending.output.contains("http://a.example/hook"));
    QVERIFY(!ending.output.contains("topsecret"));

    ending = m_programs->ctl(words("destination list --json"));
    QCOMPARE(ending.exitCode, 0);
    QVERIFY(ending.json().value(u"items").toArray().size() >= 3); // echo too
    QVERIFY(ending.json().contains(u"next_cursor"));

    ending = m_programs->ctl(
        words("destination pause a --reason maintenance --until 2030-01-01T00:00:00Z --json"));
    QCOMPARE(ending.exitCode, 0);
    QCOMPARE(ending.json().value(u"paused").toObject().value(u"reason").toString(),
             QStringLiteral("maintenance"));
    ending = m_programs->ctl(words("destination resume a --json"));
    QVERIFY(ending.json().value(u"paused").isNull());

    QCOMPARE(m_programs->ctl(words("destination remove a")).exitCode, 0);
    QCOMPARE(m_programs->ctl(words("destination show a")).exitCode, 3);
    QCOMPARE(m_programs->ctl(words("destination remove a")).exitCode, 3);
    QCOMPARE(m_programs->ctl(words("destination remove echo")).exitCode, 4);
}

void CommandLineProgramTest::schedulesBytesAsTheyAre_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("contentType");
    QTest::newRow("an object, its order and spaces") << R"({"b": 1,  "a":2.50})"
                                                     << "application/json";
    QTest::newRow("an array") << "[1, 2]"
                              << "application/json";
    QTest::newRow("brackets that are no JSON") << "[a,b]"
                                               << "text/plain; charset=utf-8";
    QTest::newRow("a string in quotes") << R"("quoted")"
                                        << "application/json";
    QTest::newRow("single quotes") << "'quoted'"
                                   << "text/plain; charset=utf-8";
    QTest::newRow("text with line feeds") << "one\ntwo\n"
                                          << "text/plain; charset=utf-8";
    QTest::newRow("what looks like escapes") << R"(%{a}\n$HOME)"
                                             << "text/plain; charset=utf-8";
    QTest::newRow("beyond ASCII") << QString::fromUtf8("żółw 准时") << "text/plain; charset=utf-8";
    QTest::newRow("with a dash in front") << "-5"
                                          << "application/json";
    QTest::newRow("nothing") << ""
                             << "text/plain; charset=utf-8";
}

void CommandLineProgramTest::schedulesBytesAsTheyAre()
{
    QFETCH(const QString, body);
    const QString id = m_programs->schedule(words("orders --in 1h --body") + QStringList{body});
    const auto stored = m_programs->database().value(
        QStringLiteral("SELECT encode(body, 'hex') FROM punctual.messages WHERE id = '%1'").arg(id));
    QCOMPARE(stored.toByteArray(), body.toUtf8().toHex());
    const auto shown = m_programs->ctl({QStringLiteral("show"), id, QStringLiteral("--json")});
    QTEST(shown.json().value(u"content_type").toString(), "contentType");
}

void CommandLineProgramTest::takesAllFieldsOfAMessage()
{
    const auto ending =
        m_programs->ctl(words("schedule orders --at 2027-01-01T09:00 --zone Asia/Singapore "
                              "--body x --content-type text/csv --header "
                              "X-A:1 --header X-B:2 --priority high --key k --tag one --tag "
                              "two --expires-after 10m --max-attempts 3 --retry {\"factor\":3} "
                              "--json"));
    QCOMPARE(ending.exitCode, 0);
    const auto message = ending.json();
    QCOMPARE(message.value(u"due_at").toString(), QStringLiteral("2027-01-01T01:00:00.000Z"));
    QCOMPARE(message.value(u"content_type").toString(), QStringLiteral("text/csv"));
    QCOMPARE(message.value(u"headers").toObject().value(u"X-B").toString(), QStringLiteral("2"));
    QCOMPARE(message.value(u"priority").toString(), QStringLiteral("high"));
    QCOMPARE(message.value(u"key").toString(), QStringLiteral("k"));
    QCOMPARE(message.value(u"tags").toArray().size(), 2);
    QCOMPARE(message.value(u"expires_after_ms").toInt(), 600'000);
    QCOMPARE(message.value(u"max_attempts").toInt(), 3);
    QCOMPARE(message.value(u"retry").toObject().value(u"factor").toInt(), 3);
    // What was said is what is stored.
    const auto shown =
        m_programs->ctl({QStringLiteral("show"), message.value(u"id").toString(), QStringLiteral("--json")})
            .json();
    for (const auto* field :
         {"due_at", "content_type", "headers", "priority", "key", "tags", "expires_after_ms", "retry"})
        QCOMPARE(shown.value(QLatin1StringView(field)), message.value(QLatin1StringView(field)));
}

void CommandLineProgramTest::readsTheBodyFromStandardInput()
{
    const QByteArray bytes("\0\xFF{}\n", 5);
    const auto ending = m_programs->ctl(words("schedule orders --in 1h --body-file - --json"), bytes);
    QCOMPARE(ending.exitCode, 0);
    QCOMPARE(QByteArray::fromBase64(ending.json().value(u"body_base64").toString().toLatin1()), bytes);
    QCOMPARE(m_programs->ctl(words("schedule orders --in 1h --body-file -"), QByteArray(256 * 1024 + 1, 'x'))
                 .exitCode,
             2);
}

void CommandLineProgramTest::schedulesOnceForAKey()
{
    const auto arguments = words("orders --in 1h --body 1 --idempotency-key order-7");
    const QString id = m_programs->schedule(arguments);
    QCOMPARE(m_programs->schedule(arguments), id);
    QCOMPARE(m_programs->ctl(words("schedule orders --in 1h --body 2 --idempotency-key order-7")).exitCode,
             4);
    QCOMPARE(m_programs->database().value(QStringLiteral("SELECT count(*) FROM punctual.messages")).toInt(),
             1);
}

void CommandLineProgramTest::listsPages()
{
    QStringList newestFirst;
    for (int hours = 1; hours <= 3; ++hours)
        newestFirst.prepend(m_programs->schedule({QStringLiteral("orders"), QStringLiteral("--in"),
                                                  QStringLiteral("%1h").arg(hours), QStringLiteral("--body"),
                                                  QStringLiteral("1")}));
    const auto first = m_programs->ctl(words("list --limit 2 --json"));
    QCOMPARE(first.exitCode, 0);
    QCOMPARE(ids(first.json()), newestFirst.first(2));
    const QString cursor = first.json().value(u"next_cursor").toString();
    const auto second = m_programs->ctl(words("list --limit 2 --json --cursor") + QStringList{cursor});
    QCOMPARE(ids(second.json()), newestFirst.sliced(2));
    QVERIFY(second.json().value(u"next_cursor").isNull());
    QCOMPARE(ids(m_programs->ctl(words("list --all --json")).json()), newestFirst);

    const auto table = m_programs->ctl(words("list --limit 2"));
    QCOMPARE(table.output.count('\n'), 3);
    QVERIFY(table.output.contains(newestFirst[0].toLatin1()));
    QVERIFY(table.errors.contains("--cursor")); // that there are more is no row
}

void CommandLineProgramTest::filtersLists()
{
    const QString one = m_programs->schedule(words("orders --in 1h --body 1 --tag red --key k1"));
    const QString two = m_programs->schedule(words("orders --in 2h --body 2 --tag blue"));
    QCOMPARE(m_programs->ctl({QStringLiteral("cancel"), two}).exitCode, 0);
    const auto listed = [&](const char* filter) {
        return ids(m_programs->ctl(words("list --json") + words(filter)).json());
    };
    QCOMPARE(listed("--state scheduled"), QStringList{one});
    QCOMPARE(listed("--state cancelled,dead"), QStringList{two});
    QCOMPARE(listed("--tag blue"), QStringList{two});
    QCOMPARE(listed("--key k1"), QStringList{one});
    QCOMPARE(listed("--destination echo"), QStringList{});
    QCOMPARE(listed("--due-after 2100-01-01T00:00:00Z"), QStringList{});
    QCOMPARE(listed("--due-before 2100-01-01T00:00:00Z").size(), 2);
    QCOMPARE(listed("--attempt delivered,no_answer --attempted-after 2020-01-01T00:00:00Z"), QStringList{});
    QCOMPARE(listed("--attempted-before 2020-01-01T00:00:00Z"), QStringList{});
}

void CommandLineProgramTest::showsAMessage()
{
    const QString id = m_programs->schedule(words("orders --in 1h --body payload --tag red"));
    const auto shown = m_programs->ctl({QStringLiteral("show"), id});
    QCOMPARE(shown.exitCode, 0);
    for (const auto& part :
         {id.toLatin1(), QByteArray("scheduled"), QByteArray("red"), QByteArray("payload")})
        QVERIFY2(shown.output.contains(part), shown.output.constData());
    const auto json = m_programs->ctl({QStringLiteral("show"), id, QStringLiteral("--json")}).json();
    QCOMPARE(json.value(u"id").toString(), id);
    QVERIFY(json.value(u"attempt_list").isArray());
    const auto missing = m_programs->ctl({QStringLiteral("show"), nobodysId, QStringLiteral("--json")});
    QCOMPARE(missing.exitCode, 3);
    QCOMPARE(missing.output, QByteArray());
    QVERIFY(!missing.errors.isEmpty());
}

void CommandLineProgramTest::cancels()
{
    const QString id = m_programs->schedule(words("orders --in 1h --body 1"));
    const QString other = m_programs->schedule(words("orders --in 1h --body 1"));
    auto ending = m_programs->ctl({QStringLiteral("cancel"), id, QStringLiteral("--reason"),
                                   QStringLiteral("wrong price"), QStringLiteral("--json")});
    QCOMPARE(ending.exitCode, 0);
    QCOMPARE(ending.json().value(u"verdict").toString(), QStringLiteral("cancelled"));
    QCOMPARE(ending.json().value(u"message").toObject().value(u"state").toString(),
             QStringLiteral("cancelled"));
    QCOMPARE(m_programs->state(id), QStringLiteral("cancelled"));

    ending = m_programs->ctl({QStringLiteral("cancel"), nobodysId, QStringLiteral("--json")});
    QCOMPARE(ending.exitCode, 3);
    QCOMPARE(ending.json().value(u"verdict").toString(), QStringLiteral("not_found"));

    // One that is missing does not keep the next from being cancelled.
    ending = m_programs->ctl({QStringLiteral("cancel"), nobodysId, other});
    QCOMPARE(ending.exitCode, 3);
    QCOMPARE(m_programs->state(other), QStringLiteral("cancelled"));
}

void CommandLineProgramTest::tellsTheStatus()
{
    (void)m_programs->schedule(words("orders --in 1h --body 1"));
    const auto status = m_programs->ctl(words("status --json"));
    QCOMPARE(status.exitCode, 0);
    QCOMPARE(status.json().value(u"backlog").toInt(), 1);
    QCOMPARE(status.json().value(u"messages").toObject().value(u"scheduled").toInt(), 1);
    QVERIFY(status.json().value(u"nodes").toArray().isEmpty());
    QCOMPARE(m_programs->ctl(words("status")).exitCode, 0);
}

PUNCTUAL_TEST(CommandLineProgramTest)
#include "command_line_program_test.moc"
