// SPDX-License-Identifier: GPL-3.0-or-later
// Gets the database of this installation ready: starts the private cluster where no database is
// configured, and brings the schema up to this program's version.
#pragma once

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

private:
    struct State;
    explicit Installation(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace punctual::client
