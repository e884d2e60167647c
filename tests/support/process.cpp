// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/process.h"

#include "support/await.h"

#include <QDir>

namespace punctual::test
{

namespace
{

QProcessEnvironment cleanEnvironment(const std::map<QString, QString>& added)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const auto names = environment.keys();
    for (const auto& name : names)
        if (name.startsWith(u"PUNCTUAL_") || name.startsWith(u"PG"))
            environment.remove(name);
    for (const auto& [name, value] : added)
        environment.insert(name, value);
    return environment;
}

} // namespace

Process::Process(const QString& program, const QStringList& arguments,
                 const std::map<QString, QString>& environment, QObject* parent)
    : QObject(parent)
{
    m_process.setProgram(QDir(QStringLiteral(PUNCTUAL_BIN_DIR)).absoluteFilePath(program));
    m_process.setArguments(arguments);
    m_process.setProcessEnvironment(cleanEnvironment(environment));
    connect(&m_process, &QProcess::readyReadStandardOutput, this, [this] {
        const QByteArray read = m_process.readAllStandardOutput();
        m_output += read;
        emitLines(m_pendingOutput, read);
    });
    connect(&m_process, &QProcess::readyReadStandardError, this, [this] {
        const QByteArray read = m_process.readAllStandardError();
        m_errors += read;
        emitLines(m_pendingErrors, read);
    });
    connect(&m_process, &QProcess::finished, this, &Process::ended);
}

Process::~Process()
{
    disconnect(&m_process, nullptr, this, nullptr);
    kill();
}

bool Process::start()
{
    m_process.start();
    return m_process.waitForStarted();
}

void Process::write(const QByteArray& input)
{
    m_process.write(input);
    m_process.closeWriteChannel();
}

std::optional<int> Process::waitForEnd()
{
    if (isRunning()) {
        QEventLoop loop;
        connect(&m_process, &QProcess::finished, &loop, &QEventLoop::quit);
        QTimer::singleShot(patience, &loop, &QEventLoop::quit);
        loop.exec();
    }
    if (isRunning() || m_process.exitStatus() != QProcess::NormalExit)
        return std::nullopt;
    return m_process.exitCode();
}

bool Process::waitForLine(const QString& text)
{
    bool found = QString::fromUtf8(m_output + m_errors).contains(text);
    QEventLoop loop;
    connect(this, &Process::line, &loop, [&](const QString& line) {
        found = found || line.contains(text);
        if (found)
            loop.quit();
    });
    connect(this, &Process::ended, &loop, &QEventLoop::quit);
    QTimer::singleShot(patience, &loop, &QEventLoop::quit);
    if (!found && isRunning())
        loop.exec();
    return found;
}

std::optional<int> Process::terminate()
{
    m_process.terminate();
    return waitForEnd();
}

void Process::kill()
{
    m_process.kill();
    m_process.waitForFinished();
}

void Process::emitLines(QByteArray& pending, const QByteArray& read)
{
    pending += read;
    for (auto end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n')) {
        const QString text = QString::fromUtf8(pending.left(end));
        pending.remove(0, end + 1);
        Q_EMIT line(text);
    }
}

} // namespace punctual::test
