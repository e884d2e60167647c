// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/local_time.h"

#include <algorithm>

namespace punctual::ui
{

std::vector<Instant> instantsOf(QDate date, QTime time, const QTimeZone& zone)
{
    using namespace std::chrono_literals;
    const Instant reading = fromDateTime(QDateTime(date, time, QTimeZone::utc()));
    std::vector<Instant> found;
    for (const auto distance : {-24h, 0h, 24h}) {
        const int offset = zone.offsetFromUtc(toDateTime(reading + distance));
        const Instant candidate = reading - std::chrono::seconds(offset);
        if (zone.offsetFromUtc(toDateTime(candidate)) == offset)
            found.push_back(candidate);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace punctual::ui
