// SPDX-License-Identifier: GPL-3.0-or-later
// What must be true when everything is over, whatever has happened: the database, what the third parties
// received and the ledger agree.
#pragma once

#include "scene.h"
#include "support/receiver.h"

#include <QStringList>

namespace punctual::test
{

struct Inspected
{
    QStringList problems; // in words; none is what a test wants
    int delivered = 0;
    int cancelled = 0;
    int surplus = 0; // arrivals of messages that had arrived before
};

struct Allowances
{
    /// That of the database, if it is not this machine's.
    const ShiftedClock* clock = nullptr;
    /// A third party that broke connections may have received one attempt twice.
    bool repeatedAttempts = false;
};

/// Every message of the ledger is final, with one row an attempt; each move was an arrow of the state machine
/// and the moves make a chain; each arrival is an attempt, with the bytes that were stored and not before
/// that was planned, by the database's clock; nothing cancelled arrived afterwards; a message arrived twice
/// only if its attempts say why, and an outcome got lost only where a node or the database was killed; the
/// counters are right.
[[nodiscard]] Inspected inspect(store::Connection& connection, const Ledger& ledger,
                                const std::vector<const Receiver*>& receivers,
                                const Allowances& allowances = {});

/// The messages that are neither delivered nor cancelled, as nothing is where a third party accepts all.
[[nodiscard]] QStringList undelivered(store::Connection& connection);

/// For a third party that accepts all: stops the servers and gives everything that is wrong then; `inFlight`
/// messages at most may have arrived twice.
[[nodiscard]] QStringList problemsAtTheEnd(Scene& scene, const Receiver& receiver, int inFlight,
                                           const Allowances& allowances = {});

} // namespace punctual::test
