// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/postgres_programs.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace punctual::store
{

namespace
{

bool isComplete(const QString& directory)
{
    static const std::array needed{QStringLiteral("initdb"), QStringLiteral("pg_ctl"),
                                   QStringLiteral("postgres")};
    return std::all_of(needed.begin(), needed.end(), [&directory](const QString& program) {
        return QFileInfo(directory + u'/' + program).isExecutable();
    });
}

QString outputOf(const QString& program, const QString& argument)
{
    QProcess process;
    process.start(program, {argument}, QIODevice::ReadOnly);
    if (!process.waitForFinished(10'000) || process.exitCode() != 0)
        return {};
    return QString::fromLocal8Bit(process.readAllStandardOutput()).trimmed();
}

int majorVersionIn(const QString& text) // "PostgreSQL 15.20 (Debian 15.20-0+deb12u1)"
{
    static const QRegularExpression form(QStringLiteral("PostgreSQL (\\d+)"));
    return form.match(text).captured(1).toInt();
}

} // namespace

PostgresPrograms::PostgresPrograms(int majorVersion, QString directory)
    : m_majorVersion(majorVersion)
    , m_directory(std::move(directory))
{
}

std::vector<PostgresPrograms> PostgresPrograms::installed(const Search& search)
{
    std::vector<PostgresPrograms> found;
    const auto versions = QDir(search.versionedRoot).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const auto& version : versions) {
        const QString directory = search.versionedRoot + u'/' + version + QStringLiteral("/bin");
        if (isComplete(directory))
            found.push_back({version.toInt(), directory});
    }
    const QString directory = outputOf(search.pgConfig, QStringLiteral("--bindir"));
    if (!directory.isEmpty() && isComplete(directory))
        found.push_back({majorVersionIn(outputOf(search.pgConfig, QStringLiteral("--version"))), directory});
    return found;
}

Result<PostgresPrograms> PostgresPrograms::find(const Search& search, std::optional<int> majorVersion)
{
    const auto found = installed(search);
    const auto newest = std::max_element(found.begin(), found.end(), [](const auto& one, const auto& other) {
        return one.m_majorVersion < other.m_majorVersion;
    });
    const bool usable = newest != found.end() && newest->m_majorVersion >= oldestMajorVersion;
    if (!majorVersion) {
        if (usable)
            return *newest;
        return failure(
            ErrorCode::Unsupported,
            QStringLiteral("PostgreSQL %1 or newer is not installed: install the package postgresql-%1, or "
                           "set database.url to a PostgreSQL that runs elsewhere.")
                .arg(oldestMajorVersion));
    }
    const auto matching = std::find_if(found.begin(), found.end(), [&majorVersion](const auto& programs) {
        return programs.m_majorVersion == *majorVersion;
    });
    if (matching != found.end())
        return *matching;
    const QString present = newest == found.end()
                                ? QStringLiteral("no PostgreSQL at all")
                                : QStringLiteral("PostgreSQL %1").arg(newest->m_majorVersion);
    return failure(
        ErrorCode::Unsupported,
        QStringLiteral("The data belongs to PostgreSQL %1, but this machine has %2: install the package "
                       "postgresql-%1, or choose another data directory to begin with an empty database.")
            .arg(QString::number(*majorVersion), present));
}

} // namespace punctual::store
