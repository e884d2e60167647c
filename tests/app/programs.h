// SPDX-License-Identifier: GPL-3.0-or-later
// The programs of this project as processes on a database of the test's own, away from the settings of
// the machine.
#pragma once

#include "support/await.h"
#include "support/process.h"
#include "support/test_database.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <memory>

namespace punctual::test
{

/// The patience of await.h for macros of Qt Test, which take milliseconds.
inline constexpr int longestTry = static_cast<int>(std::chrono::milliseconds(patience).count());

/// The id of nothing.
inline const QString nobodysId = QStringLiteral("01900000-0000-7000-8000-000000000000");
/// Arguments of a command, with a space between each two.
[[nodiscard]] inline QStringList words(const char* text)
{
    return QString::fromLatin1(text).split(u' ');
}

/// How a program ended.
struct Ending
{
    std::optional<int> exitCode; // nothing when it crashed
    QByteArray output;
    QByteArray errors;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
};

class Programs
{
public:
    Programs();

    /// Runs punctualctl on the database, with these arguments behind the settings.
    [[nodiscard]] Ending ctl(const QStringList& arguments, const QByteArray& input = {});
    /// The same by a shell, with what it knows of redirection; the words are not quoted.
    [[nodiscard]] Ending ctlInShell(const QString& arguments, const QByteArray& input = {});
    /// punctualctl that still runs.
    [[nodiscard]] std::unique_ptr<Process> startCtl(const QStringList& arguments);
    /// `destination add NAME` for the loopback, and more arguments.
    void addDestination(const QString& name, const QString& url, const QStringList& more = {});
    /// The id of a message scheduled with these arguments.
    [[nodiscard]] QString schedule(const QStringList& arguments);
    /// The state of a message.
    [[nodiscard]] QString state(const QString& id);

    /// A punctuald that listens on a free port and delivers.
    [[nodiscard]] std::unique_ptr<Process> startServer(const QStringList& more = {});
    /// The desktop program, whose window may not be there yet.
    [[nodiscard]] std::unique_ptr<Process> startDesktop(const QStringList& more = {});
    /// Where it listens, out of the line that it prints.
    [[nodiscard]] static QString urlOf(const Process& server);

    [[nodiscard]] QString dataDir() const { return m_directory.path(); }
    [[nodiscard]] TestDatabase& database() { return m_database; }

private:
    [[nodiscard]] QStringList settings() const;

    TestDatabase m_database;
    QTemporaryDir m_directory;
};

/// Runs any of the programs to its end.
[[nodiscard]] Ending runToEnd(const QString& program, const QStringList& arguments,
                              const std::map<QString, QString>& environment = {},
                              const QByteArray& input = {});

} // namespace punctual::test
