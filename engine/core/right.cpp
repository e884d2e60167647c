// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/right.h"

namespace punctual
{

Role roleFor(Right right)
{
    switch (right) {
    case Right::Schedule:
    case Right::Cancel:
    case Right::Restore:
    case Right::Reschedule:
    case Right::Edit:
    case Right::Replay:
    case Right::Resolve:
    case Right::RunOperations:
        return Role::Operator;
    case Right::ChangeDestinations:
    case Right::PauseDestinations:
        return Role::Admin;
    }
    Q_UNREACHABLE();
}

} // namespace punctual
