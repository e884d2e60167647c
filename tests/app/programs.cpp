// SPDX-License-Identifier: GPL-3.0-or-later
#include "programs.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

namespace punctual::test
{

Ending runToEnd(const QString& program, const QStringList& arguments,
                const std::map<QString, QString>& environment, const QByteArray& input)
{
    Process process(program, arguments, environment);
    if (!process.start())
        qFatal("%s cannot be started", qPrintable(program));
    process.write(input);
    const auto exitCode = process.waitForEnd();
    return {exitCode, process.output(), process.errors()};
}

Programs::Programs()
{
    QFile config(m_directory.filePath(QStringLiteral("punctual.toml")));
    if (!config.open(QIODevice::WriteOnly)) // empty: so that the machine's own is not read
        qFatal("%s cannot be written", qPrintable(config.fileName()));
}

QStringList Programs::settings() const
{
    return {QStringLiteral("--config"),   m_directory.filePath(QStringLiteral("punctual.toml")),
            QStringLiteral("--database"), m_database.address().conninfo,
            QStringLiteral("--data-dir"), m_directory.path()};
}

Ending Programs::ctl(const QStringList& arguments, const QByteArray& input)
{
    return runToEnd(QStringLiteral("punctualctl"), settings() + arguments, {}, input);
}

Ending Programs::ctlInShell(const QString& arguments, const QByteArray& input)
{
    // "$@" holds the program and its settings.
    return runToEnd(
        QStringLiteral("/bin/sh"),
        QStringList{QStringLiteral("-c"), QStringLiteral("\"$@\" ") + arguments, QStringLiteral("sh"),
                    QDir(QStringLiteral(PUNCTUAL_BIN_DIR)).absoluteFilePath(QStringLiteral("punctualctl"))} +
            settings(),
        {}, input);
}

std::unique_ptr<Process> Programs::startCtl(const QStringList& arguments)
{
    auto process = std::make_unique<Process>(QStringLiteral("punctualctl"), settings() + arguments);
    if (!process->start())
        qFatal("punctualctl cannot be started");
    return process;
}

void Programs::addDestination(const QString& name, const QString& url, const QStringList& more)
{
    const auto ending =
        ctl(QStringList{QStringLiteral("destination"), QStringLiteral("add"), name, QStringLiteral("--url"),
                        url, QStringLiteral("--allow-private-addresses")} +
            more);
    if (ending.exitCode != 0)
        qFatal("The destination was not added: %s", ending.errors.constData());
}

QString Programs::schedule(const QStringList& arguments)
{
    const auto ending = ctl(QStringList{QStringLiteral("schedule"), QStringLiteral("--json")} + arguments);
    if (ending.exitCode != 0)
        qFatal("The message was not scheduled: %s", ending.errors.constData());
    return ending.json().value(u"id").toString();
}

QString Programs::state(const QString& id)
{
    return m_database
        .value(QStringLiteral("SELECT state::text FROM punctual.messages WHERE id = '%1'").arg(id))
        .toString();
}

std::unique_ptr<Process> Programs::startServer(const QStringList& more)
{
    auto server = std::make_unique<Process>(
        QStringLiteral("punctuald"),
        settings() + QStringList{QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")} + more);
    if (!server->start() || !server->waitForLine(QStringLiteral("listens on ")))
        qFatal("punctuald did not start: %s", server->errors().constData());
    return server;
}

std::unique_ptr<Process> Programs::startDesktop(const QStringList& more)
{
    auto desktop = std::make_unique<Process>(QStringLiteral("punctual"), settings() + more);
    if (!desktop->start())
        qFatal("punctual cannot be started");
    return desktop;
}

QString Programs::urlOf(const Process& server)
{
    static const QRegularExpression form(QStringLiteral("listens on (http\\S*:\\d+)"));
    return form.match(QString::fromUtf8(server.output())).captured(1);
}

} // namespace punctual::test
