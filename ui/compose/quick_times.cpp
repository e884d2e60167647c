// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/quick_times.h"

#include "ui/common/icon.h"
#include "ui/common/local_time.h"

#include <QMenu>

namespace punctual::ui
{

using namespace std::chrono_literals;

QuickTimes::QuickTimes(const Clock& clock, const QTimeZone& zone, QWidget* parent)
    : QToolButton(parent)
    , m_clock(clock)
    , m_zone(zone)
{
    setIcon(lineIcon(QStringLiteral("schedule")));
    setText(tr("&Quick choice"));
    setToolTip(tr("Times that are often wanted"));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setPopupMode(InstantPopup);
    setFocusPolicy(Qt::TabFocus);
    setMenu(new QMenu(this));
    addSpan(tr("&Now"), 0s);
    addSpan(tr("In &10 minutes"), 10min);
    addSpan(tr("In an &hour"), 1h);
    menu()->addSeparator();
    const auto later = [](int days) { return [days](QDate today) { return today.addDays(days); }; };
    addReading(tr("&Tomorrow at 09:00"), QTime(9, 0), later(1));
    addReading(tr("Tomorrow at 1&8:00"), QTime(18, 0), later(1));
    addReading(tr("Next &Monday at 09:00"), QTime(9, 0),
               [](QDate today) { return today.addDays(8 - today.dayOfWeek()); });
    addReading(tr("The &first of next month at 09:00"), QTime(9, 0),
               [](QDate today) { return QDate(today.year(), today.month(), 1).addMonths(1); });
}

void QuickTimes::addSpan(const QString& text, Duration span)
{
    connect(menu()->addAction(text), &QAction::triggered, this, [this, span] { Q_EMIT spanChosen(span); });
}

void QuickTimes::addReading(const QString& text, QTime time, const std::function<QDate(QDate)>& dayAfter)
{
    connect(menu()->addAction(text), &QAction::triggered, this, [this, time, dayAfter] {
        const QDate today = toDateTime(m_clock.now()).toTimeZone(m_zone).date();
        const auto instants = instantsOf(dayAfter(today), time, m_zone);
        if (!instants.empty()) // no zone skips these hours
            Q_EMIT instantChosen(instants.front());
    });
}

} // namespace punctual::ui
