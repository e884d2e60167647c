// SPDX-License-Identifier: GPL-3.0-or-later
// What an administrator installs and edits: the example of settings, `punctualctl config check`, the unit.
#include "app/common/config_file.h"
#include "app/common/setting_keys.h"
#include "programs.h"
#include "support/test_main.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTemporaryDir>

using namespace punctual;
using namespace punctual::app;
using namespace punctual::test;

class ConfigurationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theExampleHasEveryKey();
    void theExampleShowsTheDefaults();
    void theExampleIsFineAsItIs();
    void namesEverythingThatIsWrong();
    void judgesEverySource_data();
    void judgesEverySource();
    void needsNoDatabase();
    void allIsInstalled();
    void theUnitIsHardened();

private:
    QString writeFile(const QByteArray& text)
    {
        QFile file(m_directory.filePath(QStringLiteral("punctual.toml")));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(text);
        return file.fileName();
    }

    QTemporaryDir m_directory;
};

namespace
{

const QString installer = QStringLiteral(PUNCTUAL_INSTALLER "/");

/// The example as it is, and with every "#" taken away that stands in front of a key.
QByteArray example(bool withKeys)
{
    QFile file(installer + QStringLiteral("punctual.toml"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("there is no example");
    QString text = QString::fromUtf8(file.readAll());
    if (withKeys)
        text.replace(QRegularExpression(QStringLiteral("^#(?=\\w+ = )"), QRegularExpression::MultilineOption),
                     QString());
    return text.toUtf8();
}

Ending check(const QStringList& arguments, const std::map<QString, QString>& environment = {})
{
    return runToEnd(QStringLiteral("punctualctl"),
                    QStringList{QStringLiteral("config"), QStringLiteral("check")} + arguments, environment);
}

} // namespace

void ConfigurationTest::theExampleHasEveryKey()
{
    const auto read = examineConfigFile(writeFile(example(true)));
    for (const auto& [line, problem] : read.problems)
        QFAIL(qPrintable(problem));
    QStringList written;
    for (const auto& [name, value] : read.values)
        written.append(name);
    QStringList known;
    for (const auto& key : settingKeys())
        known.append(key.name);
    known.sort();
    written.sort();
    QCOMPARE(written, known);
    // Above each key, or above the one before it, stands what it is for.
    QString before = QStringLiteral("# ");
    for (const auto& line : QString::fromUtf8(example(false)).split(u'\n')) {
        if (line.contains(QRegularExpression(QStringLiteral("^#\\w+ = "))))
            QVERIFY2(before.startsWith(u'#'), qPrintable(line));
        before = line;
    }
}

/// Where there is a default, the example has it.
void ConfigurationTest::theExampleShowsTheDefaults()
{
    const auto read = examineConfigFile(writeFile(example(true)));
    const Settings defaults;
    Settings shown;
    for (const auto& key : settingKeys())
        QVERIFY2(!key.apply(read.values.at(key.name).text, shown), qPrintable(key.name));
    QCOMPARE(shown.listen, defaults.listen);
    QCOMPARE(shown.requestsPerSecond, defaults.requestsPerSecond);
    QCOMPARE(shown.publicMetrics, defaults.publicMetrics);
    QCOMPARE(shown.logLevel, defaults.logLevel);
    QCOMPARE(shown.logFormat, defaults.logFormat);
    QCOMPARE(shown.retention, std::optional(std::chrono::days(30)));
    QCOMPARE(shown.dataDir, QStringLiteral("/var/lib/punctual"));
}

void ConfigurationTest::theExampleIsFineAsItIs()
{
    const auto ending = check({QStringLiteral("--config"), installer + QStringLiteral("punctual.toml")});
    QCOMPARE(ending.exitCode, 0);
    QVERIFY(ending.output.contains("punctual.toml"));
}

void ConfigurationTest::namesEverythingThatIsWrong()
{
    const QString path = writeFile("colour = 'red'\n"
                                   "[api]\n"
                                   "public_metrics = 'yes'\n"
                                   "listen = 'nowhere'\n"
                                   "tls_key = '/nowhere/key.pem'\n"
                                   "[retention]\n"
                                   "days = 0\n"
                                   "[log]\n"
                                   "level = 7\n"
                                   "format = 'xml'\n");
    const auto ending = check({QStringLiteral("--config"), path, QStringLiteral("--json")});
    QCOMPARE(ending.exitCode, 2);
    QCOMPARE(ending.json().value(u"file").toString(), path);
    const auto problems = ending.json().value(u"problems").toArray();
    const QStringList expected{QStringLiteral("colour"),       QStringLiteral("api.public_metrics"),
                               QStringLiteral("api.listen"),   QStringLiteral("retention.days"),
                               QStringLiteral("log.level"),    QStringLiteral("log.format"),
                               QStringLiteral("api.tls_cert"), QStringLiteral("/nowhere/key.pem")};
    const QList<int> lines{1, 3, 4, 7, 9, 10};
    QCOMPARE(problems.size(), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const QString problem = problems[i].toString();
        QVERIFY2(problem.contains(expected[i]), qPrintable(problem));
        if (i < lines.size())
            QVERIFY2(problem.contains(QStringLiteral("punctual.toml:%1").arg(lines[i])), qPrintable(problem));
    }
    const auto forPeople = check({QStringLiteral("--config"), path});
    QCOMPARE(forPeople.exitCode, 2);
    QCOMPARE(forPeople.output.trimmed().split('\n').size(), expected.size());
}

void ConfigurationTest::judgesEverySource_data()
{
    QTest::addColumn<QString>("argument");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("named");
    QTest::newRow("a flag") << "--listen=nowhere"
                            << "127.0.0.1:1"
                            << "--listen";
    QTest::newRow("a variable, also behind a flag that is fine") << "--listen=127.0.0.1:1"
                                                                 << "nowhere"
                                                                 << "PUNCTUAL_API_LISTEN";
    QTest::newRow("a file that is missing") << "--config=/nowhere.toml"
                                            << "127.0.0.1:1"
                                            << "/nowhere.toml";
}

void ConfigurationTest::judgesEverySource()
{
    QFETCH(const QString, argument);
    QFETCH(const QString, variable);
    QFETCH(const QString, named);
    QStringList arguments{argument};
    if (!argument.startsWith(u"--config"))
        arguments.append(QStringLiteral("--config=") + writeFile({}));
    const auto ending = check(arguments, {{QStringLiteral("PUNCTUAL_API_LISTEN"), variable}});
    QCOMPARE(ending.exitCode, 2);
    QVERIFY2(ending.output.contains(named.toUtf8()), ending.output.constData());
    QCOMPARE(ending.output.count('\n'), 1);
}

void ConfigurationTest::needsNoDatabase()
{
    const QString path = writeFile("[database]\nurl = 'host=/nowhere dbname=none'\n");
    QCOMPARE(check({QStringLiteral("--config"), path}).exitCode, 0);
}

/// As a package puts it on a server. What somebody has set stays.
void ConfigurationTest::allIsInstalled()
{
    const QTemporaryDir place;
    const auto install = [&] {
        return runToEnd(QStringLiteral(PUNCTUAL_CMAKE),
                        {QStringLiteral("-E"), QStringLiteral("env"),
                         QStringLiteral("DESTDIR=") + place.path(), QStringLiteral(PUNCTUAL_CMAKE),
                         QStringLiteral("--install"), QStringLiteral(PUNCTUAL_BUILD),
                         QStringLiteral("--prefix"), QStringLiteral("/usr")});
    };
    const auto contentOf = [&](const QString& name) {
        QFile file(place.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const auto first = install();
    QVERIFY2(first.exitCode == 0, (first.output + first.errors).constData());
    for (const auto* program : {"punctual", "punctuald", "punctualctl"})
        QVERIFY2(QFileInfo(place.filePath(QStringLiteral("usr/bin/") + QString::fromLatin1(program)))
                     .isExecutable(),
                 program);
    QVERIFY(contentOf(QStringLiteral("usr/lib/systemd/system/punctuald.service"))
                .contains("ExecStart=/usr/bin/"));
    QVERIFY(!contentOf(QStringLiteral("usr/lib/sysusers.d/punctual.conf")).isEmpty());
    QVERIFY(contentOf(QStringLiteral("usr/share/man/man1/punctualctl.1")).startsWith(".TH PUNCTUALCTL 1"));
    QVERIFY(contentOf(QStringLiteral("usr/share/man/man8/punctuald.8")).startsWith(".TH PUNCTUALD 8"));
    QVERIFY(
        contentOf(QStringLiteral("usr/share/bash-completion/completions/punctualctl")).contains("complete "));
    const QString settings = QStringLiteral("etc/punctual/punctual.toml");
    QVERIFY(contentOf(settings).contains("[database]"));
    QFile changed(place.filePath(settings));
    QVERIFY(changed.open(QIODevice::WriteOnly | QIODevice::Truncate) && changed.write("# mine\n") > 0);
    changed.close();
    QCOMPARE(install().exitCode, 0);
    QCOMPARE(contentOf(settings), QByteArray("# mine\n"));
}

/// The scale goes to 100, which is wholly exposed.
void ConfigurationTest::theUnitIsHardened()
{
    const auto ending =
        runToEnd(QStringLiteral("/usr/bin/systemd-analyze"),
                 {QStringLiteral("security"), QStringLiteral("--offline=true"), QStringLiteral("--no-pager"),
                  QStringLiteral("--threshold=30"), installer + QStringLiteral("systemd/punctuald.service")});
    QVERIFY2(ending.exitCode == 0, (ending.output + ending.errors).constData());
    QFile unit(installer + QStringLiteral("systemd/punctuald.service"));
    QVERIFY(unit.open(QIODevice::ReadOnly));
    const auto lines = unit.readAll().split('\n');
    for (const auto* line :
         {"Type=notify", "WatchdogSec=30s", "KillMode=mixed", "ExecStart=/usr/bin/punctuald"})
        QVERIFY2(lines.contains(line), line);
}

PUNCTUAL_TEST(ConfigurationTest)
#include "configuration_test.moc"
