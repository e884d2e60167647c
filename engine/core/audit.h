// SPDX-License-Identifier: GPL-3.0-or-later
// What was changed by whom, and the seals that show whether somebody has changed that since.
#pragma once

#include "core/time.h"

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <optional>
#include <vector>

namespace punctual
{

struct AuditEntry
{
    qint64 id = 0;
    Instant at;
    QString actor; // who it says it is: a token's name, a person
    QString login; // of PostgreSQL
    QString origin;
    QString address; // of the caller's machine; empty: this one
    QString action;
    QString kind; // of the object: message, destination, token, settings
    QString object;
    QJsonValue before; // null: there was nothing
    QJsonValue after;
    QString reason;
    bool sealed = false;
};

/// Empty texts and absent times mean all.
struct AuditFilter
{
    QString actor = {};
    QString action = {};
    QString kind = {};
    QString object = {};
    QString origin = {};
    std::optional<Instant> after = {};   // inclusive
    std::optional<Instant> before = {};  // exclusive
    std::optional<qint64> beforeId = {}; // exclusive; where a next page begins
};

/// A seal as it was worked out anew.
struct AuditSeal
{
    qint64 number = 0;
    Instant sealedAt;
    qint64 firstId = 0;
    qint64 lastId = 0;
    qint64 rows = 0;  // that it was made for
    qint64 found = 0; // that are there
    QByteArray hash;
    bool intact = false; // holds what it was made for and follows the one before it
    bool cut = false;    // retention took its rows away; it is intact by what stands for them
};

} // namespace punctual
