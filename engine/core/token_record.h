// SPDX-License-Identifier: GPL-3.0-or-later
// A token of the REST API as administrators see it: without its secret, of which only a hash is kept.
#pragma once

#include "core/actor.h"
#include "core/time.h"

namespace punctual
{

struct TokenRecord
{
    QString name;
    Role role = Role::Viewer;
    QStringList destinations; // it reaches these only; empty: all
    Instant createdAt;
    QString createdBy;
    std::optional<Instant> expiresAt;
    std::optional<Instant> revokedAt;
    std::optional<Instant> lastUsedAt; // to about a minute
};

struct NewToken
{
    QString name;
    Role role = Role::Viewer;
    std::optional<Instant> expiresAt = {};
    QStringList destinations = {};
};

} // namespace punctual
