// SPDX-License-Identifier: GPL-3.0-or-later
// punctualctl with many messages, in and out of files, and its look at the installation.
#include "programs.h"
#include "support/test_main.h"

#include <QFile>
#include <QJsonArray>

using namespace punctual::test;

namespace
{

const QByteArray good = R"({"destination":"orders","delay_ms":3600000,"body":"x","tags":["a,b","c"]})"
                        "\n";

} // namespace

class FileCommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void schedulesLines();
    void schedulesMoreThanOneBatch();
    void goesOnWhereItWasCut();
    void namesBadLinesAndSchedulesTheOthers();
    void keepsBadLinesToBeMended();
    void onlyJudges();
    void refusesArguments_data();
    void refusesArguments();
    void exportsLines();
    void exportsColumns();
    void saysThatItsOutputWasLost_data();
    void saysThatItsOutputWasLost();
    void looksForWhatIsWrong();
    void saysWhatIsWrong();

private:
    int stored()
    {
        return m_programs->database().value(QStringLiteral("SELECT count(*) FROM punctual.messages")).toInt();
    }
    QString path(const char* name) const { return m_programs->dataDir() + u'/' + QString::fromLatin1(name); }

    std::unique_ptr<Programs> m_programs;
};

void FileCommandsTest::init()
{
    m_programs = std::make_unique<Programs>();
    m_programs->addDestination(QStringLiteral("orders"), QStringLiteral("http://127.0.0.1:9/hook"));
}

void FileCommandsTest::schedulesLines()
{
    QFile file(path("messages.csv"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("delay_ms,body,key\r\n3600000,one,k\r\n3600000,\"two\nlines\",\r\n");
    file.close();
    const auto ending = m_programs->ctl(
        {QStringLiteral("schedule"), QStringLiteral("orders"), QStringLiteral("--from"), file.fileName()});
    QVERIFY2(ending.exitCode == 0, ending.errors.constData());
    QVERIFY(ending.output.startsWith("2 messages"));
    QCOMPARE(ending.errors, QByteArray());
    QCOMPARE(m_programs->database()
                 .value(QStringLiteral("SELECT string_agg(convert_from(body, 'UTF8'), '|' ORDER BY body) "
                                       "FROM punctual.messages WHERE destination = 'orders'"))
                 .toString(),
             QStringLiteral("one|two\nlines"));
}

void FileCommandsTest::schedulesMoreThanOneBatch()
{
    const auto ending = m_programs->ctl(words("schedule --from - --json"), good.repeated(2500));
    QCOMPARE(ending.exitCode, 0);
    QCOMPARE(ending.json().value(u"scheduled").toInt(), 2500);
    QCOMPARE(stored(), 2500);
}

/// The first run saw no more than a batch and a half of the file.
void FileCommandsTest::goesOnWhereItWasCut()
{
    const QByteArray bad = R"({"destination":"nowhere","delay_ms":1,"body":"x"})"
                           "\n";
    const QByteArray begin = bad + good.repeated(999);
    const QByteArray whole = begin + good.repeated(1500);
    const auto schedule = [&](const QByteArray& input) {
        return m_programs->ctl(words("schedule --from - --json --idempotency-key monday"), input);
    };
    const auto first = schedule(begin);
    QCOMPARE(first.json().value(u"scheduled").toInt(), 999);
    QCOMPARE(first.json().value(u"bad").toInt(), 1);
    const auto second = schedule(whole);
    QCOMPARE(second.json().value(u"scheduled").toInt(), 1500);
    QCOMPARE(second.json().value(u"scheduled_before").toInt(), 999);
    QCOMPARE(second.json().value(u"bad").toInt(), 1);
    QCOMPARE(stored(), 2499);
    QCOMPARE(schedule(whole).json().value(u"scheduled_before").toInt(), 2499);
    QCOMPARE(schedule(good.repeated(7) + whole).exitCode, 4); // another file
    QCOMPARE(stored(), 2499);
}

/// What can be told from the line, and what only the database knows.
void FileCommandsTest::namesBadLinesAndSchedulesTheOthers()
{
    const QByteArray input = good + "{\"destination\":\"orders\"\n" + good +
                             R"({"destination":"nowhere","delay_ms":1,"body":"x"})" + '\n' +
                             R"({"destination":"orders","delay_ms":-1,"body":"x"})" + '\n' + good;
    const auto forPeople = m_programs->ctl(words("schedule --from -"), input);
    QCOMPARE(forPeople.exitCode, 2);
    QVERIFY2(forPeople.errors.contains("Line 2: "), forPeople.errors.constData());
    QVERIFY2(forPeople.errors.contains("Line 4: destination is not known"), forPeople.errors.constData());
    QVERIFY2(forPeople.errors.contains("Line 5: delay_ms "), forPeople.errors.constData());
    QCOMPARE(forPeople.errors.count('\n'), 3);
    QCOMPARE(stored(), 3);
    const auto forPrograms = m_programs->ctl(words("schedule --from - --json"), input);
    QCOMPARE(forPrograms.exitCode, 2);
    QCOMPARE(forPrograms.json().value(u"scheduled").toInt(), 3);
    QCOMPARE(forPrograms.json().value(u"bad").toInt(), 3);
    QList<int> lines;
    const auto named = forPrograms.json().value(u"bad_lines").toArray();
    for (const auto& line : named)
        lines.append(line.toObject().value(u"line").toInt());
    std::sort(lines.begin(), lines.end());
    QCOMPARE(lines, QList<int>({2, 4, 5}));
}

void FileCommandsTest::keepsBadLinesToBeMended()
{
    const QString rejects = path("rejects.csv");
    const auto ending = m_programs->ctl(
        {QStringLiteral("schedule"), QStringLiteral("--from"), QStringLiteral("-"),
         QStringLiteral("--format"), QStringLiteral("csv"), QStringLiteral("--rejects"), rejects},
        "destination,delay_ms,body\norders,3600000,x\nnowhere,3600000,y\norders,soon,z");
    QCOMPARE(ending.exitCode, 2);
    QFile file(rejects);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray text = file.readAll();
    QCOMPARE(text, "destination,delay_ms,body\norders,soon,z\nnowhere,3600000,y\n");
    text.replace("soon", "3600000").replace("nowhere", "orders");
    QCOMPARE(m_programs->ctl(words("schedule --from - --format csv"), text).exitCode, 0);
    QCOMPARE(stored(), 3);
}

void FileCommandsTest::onlyJudges()
{
    const auto ending = m_programs->ctl(words("schedule --from - --dry-run --json"), good + "{}\n");
    QCOMPARE(ending.exitCode, 2);
    QCOMPARE(ending.json().value(u"right").toInt(), 1);
    QCOMPARE(stored(), 0);
}

void FileCommandsTest::refusesArguments_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("a due time beside a file") << "schedule --from - --in 5s"
                                              << "--from";
    QTest::newRow("a body beside a file") << "schedule orders --from - --body x"
                                          << "--from";
    QTest::newRow("an unknown format") << "schedule --from - --format xml"
                                       << "--format";
    QTest::newRow("a file that is missing") << "schedule --from /nowhere.csv"
                                            << "/nowhere.csv";
    QTest::newRow("rejects of no file") << "schedule orders --in 5s --body x --rejects /tmp/x"
                                        << "--from";
    QTest::newRow("no destination") << "schedule --in 5s --body x"
                                    << "destination";
    QTest::newRow("content in columns") << "export --content --format csv"
                                        << "--content";
    QTest::newRow("an unknown state") << "export --state lost"
                                      << "--state";
}

void FileCommandsTest::refusesArguments()
{
    QFETCH(const QString, arguments);
    QFETCH(const QString, named);
    const auto ending = m_programs->ctl(arguments.split(u' '));
    QCOMPARE(ending.exitCode, 2);
    QVERIFY2(ending.errors.contains(named.toUtf8()), ending.errors.constData());
    QCOMPARE(stored(), 0);
}

void FileCommandsTest::exportsLines()
{
    QCOMPARE(m_programs->ctl(words("schedule --from -"), good.repeated(501)).exitCode, 0);
    const auto plain = m_programs->ctl(words("export --destination orders"));
    QCOMPARE(plain.exitCode, 0);
    const auto lines = plain.output.trimmed().split('\n');
    QCOMPARE(lines.size(), 501);
    QCOMPARE(QJsonDocument::fromJson(lines[500]).object().value(u"state").toString(),
             QStringLiteral("scheduled"));
    QVERIFY(!plain.output.contains("\"body\":"));
    QCOMPARE(m_programs->ctl(words("export --state dead")).output, QByteArray());
    const QString id = QJsonDocument::fromJson(lines[0]).object().value(u"id").toString();
    const auto whole = m_programs->ctl(
        {QStringLiteral("export"), QStringLiteral("--text"), id, QStringLiteral("--content")});
    QCOMPARE(whole.json().value(u"body").toString(), QStringLiteral("x"));
}

void FileCommandsTest::exportsColumns()
{
    QCOMPARE(m_programs->ctl(words("schedule --from -"), good).exitCode, 0);
    const auto ending = m_programs->ctl(words("export --format csv"));
    QCOMPARE(ending.exitCode, 0);
    const auto lines = ending.output.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[0].startsWith("id,destination,state,"));
    QVERIFY2(lines[1].contains(",orders,scheduled,normal,,\"a,b;c\","), lines[1].constData());
}

void FileCommandsTest::saysThatItsOutputWasLost_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("an export") << "export >/dev/full";
    QTest::newRow("a list") << "list >/dev/full";
    QTest::newRow("JSON") << "status --json >/dev/full";
    QTest::newRow("a manual") << "--help >/dev/full";
    QTest::newRow("bad lines that are kept") << "schedule --from - --rejects /dev/full";
}

/// A disk that is full.
void FileCommandsTest::saysThatItsOutputWasLost()
{
    QFETCH(const QString, command);
    (void)m_programs->schedule(words("orders --in 1h --body x"));
    const auto whole = m_programs->ctl(words("export"));
    QCOMPARE(whole.exitCode, 0);
    const auto ending = m_programs->ctlInShell(command, "no line\n");
    QCOMPARE(ending.exitCode, 1);
    QVERIFY2(ending.errors.contains("could not be written"), ending.errors.constData());
}

void FileCommandsTest::looksForWhatIsWrong()
{
    const auto idle = m_programs->ctl(words("doctor --json"));
    QCOMPARE(idle.exitCode, 1); // nothing delivers
    QVERIFY(!idle.json().value(u"well").toBool());
    const auto server = m_programs->startServer();
    QTRY_COMPARE_WITH_TIMEOUT(m_programs->ctl(words("doctor")).exitCode, 0, longestTry);
    QFile token(path("admin.token"));
    QVERIFY(token.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadOther));
    const auto loose = m_programs->ctl(words("doctor"));
    QCOMPARE(loose.exitCode, 1);
    QVERIFY2(loose.output.contains("chmod 600 " + token.fileName().toUtf8()), loose.output.constData());
    QCOMPARE(server->terminate(), 0);
}

void FileCommandsTest::saysWhatIsWrong()
{
    const auto away = runToEnd(QStringLiteral("punctualctl"),
                               {QStringLiteral("doctor"), QStringLiteral("--database"),
                                QStringLiteral("host=127.0.0.1 port=1"), QStringLiteral("--data-dir"),
                                m_programs->dataDir(), QStringLiteral("--json")});
    QCOMPARE(away.exitCode, 1);
    const auto items = away.json().value(u"items").toArray();
    QCOMPARE(items.last().toObject().value(u"judgement").toString(), QStringLiteral("problem"));
    QVERIFY(items.last().toObject().value(u"remedy").toString().contains(u"psql"));
    const auto settings = runToEnd(QStringLiteral("punctualctl"), words("doctor --listen nowhere"));
    QCOMPARE(settings.exitCode, 1);
    QVERIFY(settings.output.contains("api.listen"));
}

PUNCTUAL_TEST(FileCommandsTest)
#include "file_commands_test.moc"
