// SPDX-License-Identifier: GPL-3.0-or-later
// A database for a short time: made beside another one on the same server, dropped at the end.
//
// A program that is killed leaves its own behind. The next one drops it: while one is in use its maker holds
// an advisory lock on its name, in the database that it was made beside.
#pragma once

#include "core/database_address.h"
#include "store/connection.h"

#include <memory>

namespace punctual::store
{

/// Belongs to the thread that made it. Blocks.
class ScratchDatabase
{
public:
    /// Named after `prefix`, which consists of a to z and _, this process and chance. Unsupported: the role
    /// may not create databases.
    [[nodiscard]] static Result<std::unique_ptr<ScratchDatabase>> create(const DatabaseAddress& beside,
                                                                         const QString& prefix);

    ScratchDatabase(const ScratchDatabase&) = delete;
    ScratchDatabase& operator=(const ScratchDatabase&) = delete;
    ~ScratchDatabase(); // drops it, whoever is still connected to it

    [[nodiscard]] DatabaseAddress address() const;

private:
    ScratchDatabase(const DatabaseAddress& beside, const QString& name);

    [[nodiscard]] Result<void> create();
    [[nodiscard]] Result<void> drop();
    [[nodiscard]] Error explained(const Error& error);

    DatabaseAddress m_beside;
    QString m_name;
    Connection m_connection; // holds the lock
    bool m_created = false;
};

} // namespace punctual::store
