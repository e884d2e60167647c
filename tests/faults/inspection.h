// SPDX-License-Identifier: GPL-3.0-or-later
// What must be true when everything is over, whatever has happened: the database, what the third parties
// received and the ledger agree.
#pragma once

#include "ledger.h"
#include "store/connection.h"
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
    /// A third party that broke connections may have received one attempt twice.
    bool repeatedAttempts = false;
};

/// Every message of the ledger is final, with one row an attempt; each move was an arrow of the state machine
/// and the moves make a chain; each arrival is an attempt, with the bytes that were stored and not before it
/// was due; nothing cancelled arrived afterwards; a message arrived twice only if its attempts say why, and
/// an outcome got lost only where a node or the database was killed; the counters are right.
[[nodiscard]] Inspected inspect(store::Connection& connection, const Ledger& ledger,
                                const std::vector<const Receiver*>& receivers,
                                const Allowances& allowances = {});

/// The messages that are neither delivered nor cancelled, as nothing is where a third party accepts all.
[[nodiscard]] QStringList undelivered(store::Connection& connection);

} // namespace punctual::test
