// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/time_range_edit.h"

#include "ui/common/reading_edit.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <map>

namespace punctual::ui
{

using namespace std::chrono_literals;

TimeRangeEdit::TimeRangeEdit(const Names& names, const std::vector<Range>& ranges, const Clock& clock,
                             const QTimeZone& zone, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_zone(zone)
    , m_range(new QComboBox)
    , m_from(new ReadingEdit(zone, clock.now(), names.from))
    , m_until(new ReadingEdit(zone, clock.now(), names.before))
{
    const std::map<Range, QString> words{{PastHour, tr("In the past hour")},
                                         {Today, tr("Today")},
                                         {NextHour, tr("In the next hour")},
                                         {Tomorrow, tr("Tomorrow")}};
    m_range->addItem(tr("At any time"), Any);
    for (const auto range : ranges)
        m_range->addItem(words.at(range), range);
    m_range->addItem(tr("Between…"), Between);
    m_range->setAccessibleName(names.range);
    auto* ends = new QHBoxLayout;
    ends->addWidget(m_from, 1);
    ends->addWidget(new QLabel(QStringLiteral("–")));
    ends->addWidget(m_until, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_range);
    layout->addLayout(ends);
    setFocusProxy(m_range);
    setFocusPolicy(Qt::StrongFocus); // see FormField
    setEnds({});
    connect(m_range, &QComboBox::currentIndexChanged, this, &TimeRangeEdit::takeRange);
    for (auto* edit : {m_from, m_until})
        connect(edit, &QDateTimeEdit::dateTimeChanged, this, [this] { m_set.reset(); });
}

void TimeRangeEdit::setEnds(const Ends& ends)
{
    m_range->setCurrentIndex(m_range->findData(ends.after || ends.before ? Between : Any));
    take(ends.after.value_or(m_clock.now() - 1h), ends.before.value_or(m_clock.now()));
    takeRange();
    m_set = ends;
}

TimeRangeEdit::Ends TimeRangeEdit::ends() const
{
    if (m_set)
        return *m_set;
    if (m_range->currentData().toInt() == Any)
        return {};
    const bool isTurned = m_until->dateTime() < m_from->dateTime();
    const auto* first = isTurned ? m_until : m_from;
    const auto* second = isTurned ? m_from : m_until;
    // Where clocks are put forward, what they would have read.
    const auto asIf = [this](const ReadingEdit& edit) {
        return fromDateTime(QDateTime(edit.date(), edit.time(), m_zone));
    };
    return {first->earliest().value_or(asIf(*first)), second->latest().value_or(asIf(*second))};
}

void TimeRangeEdit::takeRange()
{
    m_set.reset();
    const Instant now = m_clock.now();
    const QDate today = toDateTime(now).toTimeZone(m_zone).date();
    const auto beginningOf = [this](QDate day) { return fromDateTime(day.startOfDay(m_zone)); };
    const int range = m_range->currentData().toInt();
    switch (range) {
    case PastHour:
        take(now - 1h, now);
        break;
    case Today:
        take(beginningOf(today), beginningOf(today.addDays(1)));
        break;
    case NextHour:
        take(now, now + 1h);
        break;
    case Tomorrow:
        take(beginningOf(today.addDays(1)), beginningOf(today.addDays(2)));
        break;
    default:
        break;
    }
    for (auto* edit : {m_from, m_until})
        edit->setEnabled(range == Between);
}

void TimeRangeEdit::take(Instant from, Instant until)
{
    m_from->setInstant(from);
    m_until->setInstant(until);
}

} // namespace punctual::ui
