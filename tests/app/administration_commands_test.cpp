// SPDX-License-Identifier: GPL-3.0-or-later
// punctualctl for those who run an installation: tokens, the audit, the manual.
#include "programs.h"
#include "support/test_main.h"

#include <QFile>
#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>

using namespace punctual::test;

namespace
{

QJsonArray itemsOf(const Ending& ending)
{
    return ending.json().value(u"items").toArray();
}

int statusOf(const Process& server, const QByteArray& token, const QString& path)
{
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(Programs::urlOf(server) + path));
    request.setRawHeader("Authorization", "Bearer " + token);
    const std::unique_ptr<QNetworkReply> reply(network.get(request));
    QSignalSpy(reply.get(), &QNetworkReply::finished).wait(longestTry);
    return reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

} // namespace

class AdministrationCommandsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void makesListsAndRevokesTokens();
    void limitsATokenInTimeAndReach();
    void refusesArguments_data();
    void refusesArguments();
    void tokensOpenTheServer();
    void listsTheAudit();
    void verifiesTheAudit();
    void aNodeSealsTheAudit();
    void theManualKnowsEveryCommand();
    void completesCommandsAndOptions_data();
    void completesCommandsAndOptions();

private:
    /// Waits for what is older on the whole server.
    void seal()
    {
        auto& database = m_programs->database();
        const auto newest = database.value(QStringLiteral("SELECT max(id) FROM punctual.audit")).toLongLong();
        const auto isSealed = [&] {
            database.exec(QStringLiteral("SELECT punctual.seal_audit(1000)"));
            return database.value(QStringLiteral("SELECT max(last_id) FROM punctual.audit_seals"))
                       .toLongLong() >= newest;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isSealed(), 30'000);
    }

    std::unique_ptr<Programs> m_programs;
};

void AdministrationCommandsTest::init()
{
    m_programs = std::make_unique<Programs>();
}

void AdministrationCommandsTest::makesListsAndRevokesTokens()
{
    const auto made = m_programs->ctl(words("token add ci --role operator"));
    QCOMPARE(made.exitCode, 0);
    QVERIFY(made.output.startsWith("punctual_"));
    QCOMPARE(made.output.count('\n'), 1);
    QCOMPARE(m_programs->ctl(words("token add ci --role viewer")).exitCode, 4);
    const auto listed = m_programs->ctl(words("token list --json"));
    QVERIFY(!listed.output.contains(made.output.trimmed()));
    const auto token = itemsOf(listed)[0].toObject();
    QCOMPARE(token.value(u"name").toString(), QStringLiteral("ci"));
    QCOMPARE(token.value(u"role").toString(), QStringLiteral("operator"));
    QVERIFY(token.value(u"destinations").isNull());
    QVERIFY(token.value(u"revoked_at").isNull());
    QVERIFY(m_programs->ctl(words("token list")).output.contains("valid"));
    QCOMPARE(m_programs->ctl(words("token revoke ci")).exitCode, 0);
    QCOMPARE(m_programs->ctl(words("token revoke ci")).exitCode, 3);
    QVERIFY(m_programs->ctl(words("token list")).output.contains("revoked"));
    QCOMPARE(m_programs->ctl(words("token add ci --role viewer")).exitCode, 0);
}

void AdministrationCommandsTest::limitsATokenInTimeAndReach()
{
    m_programs->addDestination(QStringLiteral("orders"), QStringLiteral("http://127.0.0.1:9/hook"));
    const auto made = m_programs->ctl(
        words("token add ci --role viewer --expires-in 90d --destination orders --destination echo --json"));
    QCOMPARE(made.exitCode, 0);
    QVERIFY(made.json().value(u"token").toString().startsWith(u"punctual_"));
    const auto token = itemsOf(m_programs->ctl(words("token list --json")))[0].toObject();
    QCOMPARE(token.value(u"destinations").toArray(),
             (QJsonArray{QStringLiteral("orders"), QStringLiteral("echo")}));
    const auto expires = QDateTime::fromString(token.value(u"expires_at").toString(), Qt::ISODateWithMs);
    const auto days = QDateTime::currentDateTimeUtc().daysTo(expires);
    QVERIFY2(days == 90 || days == 89, qPrintable(expires.toString()));
}

void AdministrationCommandsTest::refusesArguments_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("no role") << "token add ci"
                             << "--role";
    QTest::newRow("an unknown role") << "token add ci --role king"
                                     << "--role";
    QTest::newRow("a span that is none") << "token add ci --role viewer --expires-in soon"
                                         << "--expires-in";
    QTest::newRow("an unknown destination") << "token add ci --role viewer --destination nowhere"
                                            << "nowhere";
    QTest::newRow("a name that is none") << "token add /ci --role viewer"
                                         << "NAME";
    QTest::newRow("a limit over the highest") << "audit list --limit 10001"
                                              << "--limit";
    QTest::newRow("nothing to do") << "audit"
                                   << "subcommand";
}

void AdministrationCommandsTest::refusesArguments()
{
    QFETCH(const QString, arguments);
    QFETCH(const QString, named);
    const auto ending = m_programs->ctl(arguments.split(u' '));
    QCOMPARE(ending.exitCode, 2);
    QVERIFY2((ending.errors + ending.output).contains(named.toUtf8()), ending.errors.constData());
}

void AdministrationCommandsTest::tokensOpenTheServer()
{
    const auto server = m_programs->startServer();
    const QByteArray token = m_programs->ctl(words("token add ci --role viewer")).output.trimmed();
    const QByteArray limited =
        m_programs->ctl(words("token add limited --role viewer --destination echo")).output.trimmed();
    QCOMPARE(statusOf(*server, token, QStringLiteral("/v1/audit")), 200);
    QCOMPARE(statusOf(*server, limited, QStringLiteral("/v1/audit")), 403);
    QCOMPARE(statusOf(*server, limited, QStringLiteral("/v1/destinations/echo")), 200);
    const auto used = itemsOf(m_programs->ctl(words("token list --json")));
    for (const auto& item : used)
        if (item.toObject().value(u"name").toString() != u"admin")
            QVERIFY(!item.toObject().value(u"last_used_at").isNull());
    QCOMPARE(m_programs->ctl(words("token revoke ci")).exitCode, 0);
    QTRY_COMPARE_WITH_TIMEOUT(statusOf(*server, token, QStringLiteral("/v1/audit")), 401, longestTry);
    QCOMPARE(server->terminate(), 0);
}

void AdministrationCommandsTest::listsTheAudit()
{
    const QString id = m_programs->schedule(words("echo --in 1h --body 1"));
    QCOMPARE(m_programs->ctl({QStringLiteral("cancel"), id}).exitCode, 0);
    const auto all = itemsOf(m_programs->ctl(words("audit list --json")));
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[0].toObject().value(u"action").toString(), QStringLiteral("cancel"));
    QCOMPARE(all[0].toObject().value(u"origin").toString(), QStringLiteral("command line"));
    const auto some =
        itemsOf(m_programs->ctl(words("audit list --json --since 1h --action schedule --limit 5")));
    QCOMPARE(some.size(), 1);
    QCOMPARE(some[0].toObject().value(u"object").toString(), id);
    QVERIFY(m_programs->ctl(words("audit list")).output.contains(id.toLatin1()));
}

void AdministrationCommandsTest::verifiesTheAudit()
{
    (void)m_programs->schedule(words("echo --in 1h --body 1"));
    seal();
    const auto fine = m_programs->ctl(words("audit verify --json"));
    QCOMPARE(fine.exitCode, 0);
    QCOMPARE(fine.json().value(u"intact").toBool(), true);
    QCOMPARE(fine.json().value(u"entries").toInt(), 1);
    const QString noted = fine.json().value(u"last").toObject().value(u"hash").toString();
    (void)m_programs->schedule(words("echo --in 1h --body 1"));
    seal();
    const auto verify = [&](const QString& hash) {
        return m_programs->ctl(
            {QStringLiteral("audit"), QStringLiteral("verify"), QStringLiteral("--hash"), hash});
    };
    QCOMPARE(verify(noted).exitCode, 0);
    QCOMPARE(verify(QString(64, u'0')).exitCode, 1);
    m_programs->database().exec(QStringLiteral("UPDATE punctual.audit SET actor = 'nobody' WHERE id = 2"));
    const auto broken = m_programs->ctl(words("audit verify"));
    QCOMPARE(broken.exitCode, 1);
    QVERIFY2(broken.output.contains("Seal 2"), broken.output.constData());
    QVERIFY2(!broken.output.contains("Seal 1 "), broken.output.constData());
}

void AdministrationCommandsTest::aNodeSealsTheAudit()
{
    const auto server = m_programs->startServer();
    (void)m_programs->schedule(words("echo --in 1h --body 1"));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_programs->database()
            .value(
                QStringLiteral("SELECT count(*) > 0 AND bool_and(a.id <= (SELECT max(s.last_id) FROM "
                               "punctual.audit_seals s)) FROM punctual.audit a WHERE a.action = 'schedule'"))
            .toBool(),
        longestTry);
    QCOMPARE(m_programs->ctl(words("audit verify")).exitCode, 0);
    QCOMPARE(server->terminate(), 0);
}

void AdministrationCommandsTest::theManualKnowsEveryCommand()
{
    const auto manual = runToEnd(QStringLiteral("punctualctl"), {QStringLiteral("manual")});
    QCOMPARE(manual.exitCode, 0);
    QVERIFY(manual.output.startsWith(".TH PUNCTUALCTL 1"));
    for (const auto* text : {".SS \"schedule NAME\"", ".SS \"destination add NAME\"",
                             ".SS \"token revoke NAME\"", ".SS \"audit verify\"", "\\-\\-expires\\-in",
                             "\\-\\-data\\-dir", "Exit codes", "PUNCTUAL_DATABASE_URL", "punctuald\\fR(8)"})
        QVERIFY2(manual.output.contains(text), text);
    for (const auto& line : manual.output.split('\n')) // what man(7) does not know
        QVERIFY2(
            !line.startsWith('.') ||
                QByteArrayList({".TH", ".SH", ".SS", ".TP", ".B", ".nf", ".fi"}).contains(line.split(' ')[0]),
            line.constData());
    const auto server =
        runToEnd(QStringLiteral("punctualctl"), {QStringLiteral("manual"), QStringLiteral("--server")});
    QVERIFY(server.output.startsWith(".TH PUNCTUALD 8"));
    QVERIFY(server.output.contains("\\-\\-retention\\-days"));
    QVERIFY(!server.output.contains("COMMAND"));
}

void AdministrationCommandsTest::completesCommandsAndOptions_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("offered");
    QTest::addColumn<QString>("notOffered");
    QTest::newRow("a command") << "canc"
                               << "cancel"
                               << "schedule";
    QTest::newRow("a command of a command") << "token r"
                                            << "revoke"
                                            << "add";
    QTest::newRow("an option") << "token add --exp"
                               << "--expires-in"
                               << "--role";
    QTest::newRow("an option of the program") << "token add --dat"
                                              << "--data-dir --database"
                                              << "";
    QTest::newRow("behind an argument") << "token add ci --ro"
                                        << "--role"
                                        << "";
}

void AdministrationCommandsTest::completesCommandsAndOptions()
{
    QFETCH(const QString, typed);
    QFETCH(const QString, offered);
    QFETCH(const QString, notOffered);
    const auto script = runToEnd(QStringLiteral("punctualctl"), {QStringLiteral("completion")});
    QCOMPARE(script.exitCode, 0);
    const auto ending =
        runToEnd(QStringLiteral("/bin/bash"),
                 {QStringLiteral("-c"),
                  QString::fromUtf8(script.output) +
                      QStringLiteral("COMP_WORDS=(punctualctl %1); COMP_CWORD=$((${#COMP_WORDS[@]} - "
                                     "1)); _punctualctl; echo \"${COMPREPLY[@]}\"")
                          .arg(typed)});
    QCOMPARE(ending.errors, QByteArray());
    const auto words = QString::fromUtf8(ending.output).trimmed().split(u' ');
    for (const auto& word : offered.split(u' '))
        QVERIFY2(words.contains(word), ending.output.constData());
    QVERIFY2(!words.contains(notOffered), ending.output.constData());
}

PUNCTUAL_TEST(AdministrationCommandsTest)
#include "administration_commands_test.moc"
