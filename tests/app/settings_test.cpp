// SPDX-License-Identifier: GPL-3.0-or-later
// Which source of a setting wins, and what is said about a wrong one.
#include "app/common/settings.h"
#include "support/test_main.h"

#include <QTemporaryDir>

#include <unistd.h>

using namespace punctual;
using namespace punctual::app;

class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasDefaults();
    void precedence_data();
    void precedence();
    void takesEveryKey();
    void readsAddresses_data();
    void readsAddresses();
    void readsSockets_data();
    void readsSockets();
    void refuses_data();
    void refuses();
    void refusesWrongFiles_data();
    void refusesWrongFiles();
    void takesTheFirstDefaultFileThatExists();
    void neverShowsAPassword();

private:
    QString writeFile(const QByteArray& text, const QString& name = QStringLiteral("punctual.toml"))
    {
        QFile file(m_directory.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write");
        file.write(text);
        return file.fileName();
    }

    QTemporaryDir m_directory;
};

namespace
{

QString errorOf(const SettingsSources& sources)
{
    const auto settings = readSettings(sources);
    return settings ? QString() : settings.error().detail;
}

} // namespace

void SettingsTest::hasDefaults()
{
    SettingsSources sources;
    sources.environment.insert(QStringLiteral("XDG_DATA_HOME"), QStringLiteral("/home/ann/data"));
    const auto settings = readSettings(sources);
    QVERIFY(settings);
    QCOMPARE(settings->databaseUrl, QString());
    QCOMPARE(settings->dataDir, ::geteuid() == 0 ? QStringLiteral("/var/lib/punctual")
                                                 : QStringLiteral("/home/ann/data/punctual"));
    QCOMPARE(settings->listen, (ListenAddress{QHostAddress(QStringLiteral("127.0.0.1")), 8480}));
    QVERIFY(!settings->retention); // the database has one
    QCOMPARE(settings->logLevel, LogLevel::Info);
    QCOMPARE(settings->logFormat, LogFormat::Text);
}

void SettingsTest::precedence_data()
{
    QTest::addColumn<QString>("flag");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("chosen");
    QTest::newRow("a flag before all") << "/flag"
                                       << "/variable"
                                       << "/file"
                                       << "/flag";
    QTest::newRow("the environment before the file") << ""
                                                     << "/variable"
                                                     << "/file"
                                                     << "/variable";
    QTest::newRow("the file before the default") << ""
                                                 << ""
                                                 << "/file"
                                                 << "/file";
    QTest::newRow("a flag before the file") << "/flag"
                                            << ""
                                            << "/file"
                                            << "/flag";
}

void SettingsTest::precedence()
{
    QFETCH(const QString, flag);
    QFETCH(const QString, variable);
    QFETCH(const QString, file);
    SettingsSources sources;
    if (!flag.isEmpty())
        sources.flags[QStringLiteral("data_dir")] = flag;
    sources.environment.insert(QStringLiteral("PUNCTUAL_DATA_DIR"), variable); // an empty one is none
    sources.configFile = writeFile("data_dir = \"" + file.toUtf8() + "\"\n");
    const auto settings = readSettings(sources);
    QVERIFY2(settings, qPrintable(errorOf(sources)));
    QTEST(settings->dataDir, "chosen");
}

void SettingsTest::takesEveryKey()
{
    SettingsSources sources;
    sources.configFile =
        writeFile("data_dir = '/data'\n"
                  "[database]\nurl = 'host=/run dbname=x'\n"
                  "[retention]\ndays = 90\n"
                  "[api]\nlisten = '0.0.0.0:1'\ntls_certificate = '/c.pem'\ntls_key = '/k.pem'\n"
                  "public_metrics = true\n"
                  "[log]\nlevel = 'error'\nformat = 'json'\n");
    const auto settings = readSettings(sources);
    QVERIFY2(settings, qPrintable(errorOf(sources)));
    QCOMPARE(settings->databaseUrl, QStringLiteral("host=/run dbname=x"));
    QCOMPARE(settings->dataDir, QStringLiteral("/data"));
    QVERIFY(settings->retention == std::chrono::days(90));
    QCOMPARE(settings->listen, (ListenAddress{QHostAddress(QStringLiteral("0.0.0.0")), 1}));
    QCOMPARE(settings->tlsCertificateFile, QStringLiteral("/c.pem"));
    QCOMPARE(settings->tlsKeyFile, QStringLiteral("/k.pem"));
    QVERIFY(settings->publicMetrics);
    QCOMPARE(settings->logLevel, LogLevel::Error);
    QCOMPARE(settings->logFormat, LogFormat::Json);
}

void SettingsTest::readsAddresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("IPv4") << "10.0.0.1:80"
                          << "10.0.0.1" << 80;
    QTest::newRow("IPv6") << "[::1]:8480"
                          << "::1" << 8480;
    QTest::newRow("localhost") << "localhost:0"
                               << "127.0.0.1" << 0;
    QTest::newRow("the highest port") << "0.0.0.0:65535"
                                      << "0.0.0.0" << 65535;
    QTest::newRow("no port") << "127.0.0.1"
                             << "" << -1;
    QTest::newRow("a port too high") << "127.0.0.1:65536"
                                     << "" << -1;
    QTest::newRow("IPv6 without brackets") << "::1:80"
                                           << "" << -1;
    QTest::newRow("another name") << "example.com:80"
                                  << "" << -1;
    QTest::newRow("nothing") << ""
                             << "" << -1;
}

void SettingsTest::readsAddresses()
{
    QFETCH(const QString, text);
    QFETCH(const QString, host);
    QFETCH(const int, port);
    SettingsSources sources;
    sources.flags[QStringLiteral("api.listen")] = text;
    const auto settings = readSettings(sources);
    QCOMPARE(settings.has_value(), port >= 0);
    if (settings)
        QCOMPARE(settings->listen, (ListenAddress{QHostAddress(host), static_cast<quint16>(port)}));
}

void SettingsTest::readsSockets_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<bool>("onNetwork");
    QTest::addColumn<bool>("fine");
    QTest::newRow("a socket alone") << "unix:/run/a.sock" << QStringList{QStringLiteral("/run/a.sock")}
                                    << false << true;
    QTest::newRow("an address and two sockets")
        << "127.0.0.1:80, unix:/run/a.sock,unix:/run/b.sock"
        << QStringList{QStringLiteral("/run/a.sock"), QStringLiteral("/run/b.sock")} << true << true;
    QTest::newRow("a path that is not absolute") << "unix:a.sock" << QStringList() << false << false;
    QTest::newRow("two addresses") << "127.0.0.1:80,127.0.0.1:81" << QStringList() << false << false;
    QTest::newRow("a comma too many") << "unix:/run/a.sock," << QStringList() << false << false;
}

void SettingsTest::readsSockets()
{
    QFETCH(const QString, text);
    SettingsSources sources;
    sources.flags[QStringLiteral("api.listen")] = text;
    const auto settings = readSettings(sources);
    QTEST(settings.has_value(), "fine");
    if (!settings)
        return;
    QTEST(settings->socketFiles, "files");
    QTEST(settings->listensOnNetwork, "onNetwork");
}

void SettingsTest::refuses_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("named");
    QTest::newRow("a word that is none of the levels")
        << "log.level"
        << "loud"
        << "log.level|--log-level|loud|debug, info, warning, error";
    QTest::newRow("an address") << "api.listen"
                                << "here"
                                << "api.listen|--listen|127.0.0.1:8480";
    QTest::newRow("no days") << "retention.days"
                             << "0"
                             << "retention.days|--retention-days|1 to 36500";
    QTest::newRow("too many days") << "retention.days"
                                   << "36501"
                                   << "1 to 36500";
    QTest::newRow("an audit that is kept for no day") << "retention.audit_days"
                                                      << "0"
                                                      << "retention.audit_days|0|36500";
    QTest::newRow("more calls than there can be") << "api.requests_per_second"
                                                  << "9999999"
                                                  << "api.requests_per_second|9999999|1000000";
    QTest::newRow("a switch that is neither on nor off") << "api.public_metrics"
                                                         << "on"
                                                         << "api.public_metrics|true, false";
    QTest::newRow("days that are no number") << "retention.days"
                                             << "30d"
                                             << "30d|1 to 36500";
    QTest::newRow("an empty directory") << "data_dir"
                                        << ""
                                        << "data_dir|--data-dir";
    QTest::newRow("something that is no connection string") << "database.url"
                                                            << "mydatabase"
                                                            << "database.url|--database|postgresql://";
}

void SettingsTest::refuses()
{
    QFETCH(const QString, key);
    QFETCH(const QString, value);
    QFETCH(const QString, named);
    const auto parts = named.split(u'|', Qt::SkipEmptyParts);
    SettingsSources sources;
    sources.flags[key] = value;
    const QString error = errorOf(sources);
    for (const auto& part : parts)
        QVERIFY2(error.contains(part), qPrintable(error));
}

void SettingsTest::refusesWrongFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("named");
    QTest::newRow("an unknown key") << QByteArray("\n[api]\nlissen = '127.0.0.1:1'\n")
                                    << "punctual.toml:3|api.lissen|api.listen";
    QTest::newRow("an unknown table") << QByteArray("[apis]\n") << "punctual.toml:1|apis";
    QTest::newRow("a number for a text") << QByteArray("data_dir = 7\n") << "punctual.toml:1|data_dir";
    QTest::newRow("a text for a number")
        << QByteArray("[retention]\ndays = '7'\n") << "punctual.toml:2|retention.days";
    QTest::newRow("a text for a switch")
        << QByteArray("[api]\npublic_metrics = 'true'\n") << "punctual.toml:2|api.public_metrics";
    QTest::newRow("a text for a table") << QByteArray("api = 'x'\n") << "punctual.toml:1|[api]";
    QTest::newRow("a wrong word") << QByteArray("[log]\n\nformat = 'xml'\n")
                                  << "punctual.toml:3|log.format|text, json";
    QTest::newRow("no TOML") << QByteArray("data_dir = '/x'\nwhat is this\n") << "punctual.toml:2";
    QTest::newRow("half of TLS") << QByteArray("[api]\ntls_key = '/k'\n")
                                 << "api.tls_certificate|api.tls_key";
}

void SettingsTest::refusesWrongFiles()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, named);
    const auto parts = named.split(u'|', Qt::SkipEmptyParts);
    SettingsSources sources;
    sources.configFile = writeFile(text);
    const QString error = errorOf(sources);
    for (const auto& part : parts)
        QVERIFY2(error.contains(part), qPrintable(error));
    sources.configFile = m_directory.filePath(QStringLiteral("none.toml"));
    QVERIFY(errorOf(sources).contains(u"none.toml"));
}

void SettingsTest::takesTheFirstDefaultFileThatExists()
{
    SettingsSources sources;
    const QString present = writeFile("data_dir = '/b'\n", QStringLiteral("b.toml"));
    sources.defaultConfigFiles = {m_directory.filePath(QStringLiteral("a.toml")), present};
    QCOMPARE(readSettings(sources)->dataDir, QStringLiteral("/b"));
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral("/home/ann/config"));
    QCOMPARE(defaultConfigFiles(environment),
             (QStringList{QStringLiteral("/home/ann/config/punctual/punctual.toml"),
                          QStringLiteral("/etc/punctual/punctual.toml")}));
}

void SettingsTest::neverShowsAPassword()
{
    SettingsSources sources;
    sources.flags[QStringLiteral("database.url")] = QStringLiteral("postgres:ann:hunter2@host");
    const QString error = errorOf(sources);
    QVERIFY(!error.isEmpty());
    QVERIFY(!error.contains(u"hunter2"));
}

PUNCTUAL_TEST(SettingsTest)
#include "settings_test.moc"
