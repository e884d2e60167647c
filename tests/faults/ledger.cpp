// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger.h"

namespace punctual::test
{

std::vector<MessageId> Ledger::ids() const
{
    std::vector<MessageId> ids;
    for (const auto& [id, entry] : m_entries)
        ids.push_back(id);
    return ids;
}

} // namespace punctual::test
