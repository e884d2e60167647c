// SPDX-License-Identifier: GPL-3.0-or-later
// Where PostgreSQL's own programs are on this machine. Debian keeps them in a directory a version, out of
// PATH; elsewhere pg_config knows. Any thread.
#pragma once

#include "core/result.h"

#include <optional>

namespace punctual::store
{

class PostgresPrograms
{
public:
    static constexpr int oldestMajorVersion = 15;

    /// Where to look. A root holds one directory a major version, as in /usr/lib/postgresql/15/bin.
    struct Search
    {
        QString versionedRoot = QStringLiteral("/usr/lib/postgresql");
        QString pgConfig = QStringLiteral("pg_config"); // a path, or a name to find in PATH
    };

    /// The newest that is installed, or, for data that exists already, exactly the `majorVersion` that
    /// made it. Unsupported: one sentence that says what to install.
    [[nodiscard]] static Result<PostgresPrograms> find(const Search& search, std::optional<int> majorVersion);

    [[nodiscard]] int majorVersion() const { return m_majorVersion; }
    [[nodiscard]] QString path(const QString& program) const { return m_directory + u'/' + program; }

private:
    PostgresPrograms(int majorVersion, QString directory);

    static std::vector<PostgresPrograms> installed(const Search& search);

    int m_majorVersion;
    QString m_directory;
};

} // namespace punctual::store
