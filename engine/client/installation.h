// SPDX-License-Identifier: GPL-3.0-or-later
// Gets the database of this installation ready: starts the private cluster where no database is
// configured, and brings the schema up to this program's version.
#pragma once

#include "core/actor.h"
#include "core/database_address.h"
#include "core/result.h"

#include <QString>

#include <chrono>
#include <memory>

namespace punctual::client
{

struct InstallationChoice
{
    QString databaseUrl; // empty: the private cluster under `dataDir`
    QString dataDir;     // created when it is missing
    SecretKeys secretKeys = {};
};

struct RestoreChoice
{
    bool replace = false; // what the database holds is lost
    bool resume = false;  // destinations are left as they were, instead of paused
};

struct RestoredBackup
{
    qint64 waiting = 0; // messages that are not over
    qint64 paused = 0;  // destinations
};

/// While one of these lives, the private cluster keeps running. Opening blocks for as long as a first
/// start of PostgreSQL takes: do it before the window, or on another thread.
class Installation
{
public:
    /// Unsupported: something on this machine has to be mended first; the detail is one sentence that
    /// says what. Unavailable: a configured database does not answer.
    [[nodiscard]] static Result<Installation> open(const InstallationChoice& choice);

    Installation(Installation&&) noexcept;
    Installation& operator=(Installation&&) noexcept;
    ~Installation();

    [[nodiscard]] const DatabaseAddress& address() const;

    [[nodiscard]] const QString& dataDir() const;

    /// Starts the private cluster again if it has died; nothing for a configured database. Any thread; blocks
    /// like open().
    [[nodiscard]] Result<void> revive() const;

    /// An installation with a database of its own on the same server, which is empty but for the schema and
    /// is dropped with it; `this` has to outlive it. Unsupported: the role may not create databases. Open and
    /// destroy it in one thread.
    [[nodiscard]] Result<Installation> openScratch() const;

    /// On an empty list of tokens: makes an admin token and writes it to <data-dir>/admin.token (0600).
    /// Gives the path of the file if it wrote one, else an empty string.
    [[nodiscard]] Result<QString> writeFirstToken();

    /// How long finished messages are kept, for all nodes of the installation: from 1 day to 36,500.
    [[nodiscard]] Result<void> setRetention(std::chrono::days retention);
    /// The same of the audit, which is kept for ever if nobody says otherwise.
    [[nodiscard]] Result<void> setAuditRetention(std::chrono::days retention);

    /// Copies the database of the private cluster into a file (store/backup.h). Unsupported for a configured
    /// one, which has tools of its own.
    [[nodiscard]] Result<void> backUp(const QString& file) const;
    /// Puts a backup in the place of the private cluster's database.
    [[nodiscard]] Result<RestoredBackup> restore(const QString& file, const Actor& actor,
                                                 const RestoreChoice& choice) const;

private:
    struct State;
    explicit Installation(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace punctual::client
