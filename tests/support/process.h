// SPDX-License-Identifier: GPL-3.0-or-later
// One of the programs, run as a process of its own. Killed at the end if it is still there.
//
// It inherits the environment without PUNCTUAL_* and PG* variables, so that the machine's own settings
// do not reach the test.
#pragma once

#include <QObject>
#include <QProcess>
#include <QStringList>

#include <map>
#include <optional>

namespace punctual::test
{

class Process : public QObject
{
    Q_OBJECT

public:
    /// `program` is a name such as `punctuald`, looked up where the build puts programs, or a path.
    explicit Process(const QString& program, const QStringList& arguments = {},
                     const std::map<QString, QString>& environment = {}, QObject* parent = nullptr);
    ~Process() override;

    /// Whether it could be started.
    [[nodiscard]] bool start();
    void write(const QByteArray& input); // to its standard input, which then ends

    /// Waits for its end; the exit code, or nothing when it crashed, was killed or did not end in time.
    [[nodiscard]] std::optional<int> waitForEnd();
    /// Waits until a line of either output contains `text`. Lines that came before count too.
    [[nodiscard]] bool waitForLine(const QString& text);

    /// SIGTERM, then waits for its end; the exit code as above.
    [[nodiscard]] std::optional<int> terminate();
    /// SIGKILL, then waits for its end.
    void kill();

    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); }
    [[nodiscard]] QByteArray output() const { return m_output; }
    [[nodiscard]] QByteArray errors() const { return m_errors; }

Q_SIGNALS:
    /// A whole line of its standard output or standard error, without the line end.
    void line(const QString& text);
    void ended();

private:
    void emitLines(QByteArray& pending, const QByteArray& read);

    QProcess m_process;
    QByteArray m_output;
    QByteArray m_errors;
    QByteArray m_pendingOutput; // the line that has not ended yet
    QByteArray m_pendingErrors;
};

} // namespace punctual::test
