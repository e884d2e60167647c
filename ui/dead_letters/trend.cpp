// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dead_letters/trend.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <numeric>

namespace punctual::ui
{

namespace
{

constexpr std::ptrdiff_t recentHours = 3;

struct TrendWords
{
    Q_DECLARE_TR_FUNCTIONS(Trend)
};

} // namespace

Trend trendOf(const std::vector<qint64>& hours)
{
    const auto recentBegin = hours.end() - std::min(recentHours, static_cast<std::ptrdiff_t>(hours.size()));
    const auto recent = static_cast<double>(std::accumulate(recentBegin, hours.end(), qint64(0)));
    const auto before = static_cast<double>(std::accumulate(hours.begin(), recentBegin, qint64(0)));
    const auto span = static_cast<double>(std::max<std::ptrdiff_t>(1, recentBegin - hours.begin()));
    const double expected = before / span * static_cast<double>(recentHours);
    if (recent == 0)
        return Trend::Quiet;
    if (recent > 2 * expected)
        return Trend::Rising;
    return recent * 2 < expected ? Trend::Falling : Trend::Steady;
}

QString trendText(const std::vector<qint64>& hours)
{
    const QString now = QLocale().toString(hours.empty() ? 0 : hours.back());
    switch (trendOf(hours)) {
    case Trend::Quiet:
        return TrendWords::tr("quiet");
    case Trend::Falling:
        return TrendWords::tr("falling, %1 in the last hour").arg(now);
    case Trend::Steady:
        return TrendWords::tr("steady, %1 in the last hour").arg(now);
    case Trend::Rising:
        return TrendWords::tr("rising, %1 in the last hour").arg(now);
    }
    Q_UNREACHABLE();
}

} // namespace punctual::ui
