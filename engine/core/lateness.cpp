// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lateness.h"

namespace punctual
{

QLatin1StringView toText(LatenessPart part)
{
    switch (part) {
    case LatenessPart::Prefetch:
        return QLatin1StringView("prefetch");
    case LatenessPart::Bucket:
        return QLatin1StringView("bucket");
    case LatenessPart::Order:
        return QLatin1StringView("order");
    case LatenessPart::Quota:
        return QLatin1StringView("quota");
    case LatenessPart::Slot:
        return QLatin1StringView("slot");
    case LatenessPart::Claim:
        return QLatin1StringView("claim");
    case LatenessPart::Connection:
        return QLatin1StringView("connection");
    }
    Q_UNREACHABLE();
}

} // namespace punctual
