// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/time_range_edit.h"

#include "ui/common/local_time.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace punctual::ui
{

using namespace std::chrono_literals;

TimeRangeEdit::TimeRangeEdit(const Names& names, const std::vector<Range>& ranges, const Clock& clock,
                             const QTimeZone& zone, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_zone(zone)
    , m_range(new QComboBox)
    , m_from(new QDateTimeEdit)
    , m_until(new QDateTimeEdit)
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
    m_from->setAccessibleName(names.from);
    m_until->setAccessibleName(names.before);
    for (auto* edit : {m_from, m_until}) {
        edit->setTimeSpec(Qt::UTC); // a bare reading of the local clock, as in the form for new messages
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        edit->setCalendarPopup(true);
    }
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
    connect(m_range, &QComboBox::currentIndexChanged, this, &TimeRangeEdit::takeRange);
    setRange({}, {});
}

void TimeRangeEdit::setRange(const std::optional<Instant>& after, const std::optional<Instant>& before)
{
    setReading(m_from, after.value_or(m_clock.now() - 1h));
    setReading(m_until, before.value_or(m_clock.now()));
    m_range->setCurrentIndex(m_range->findData(after || before ? Between : Any));
    takeRange();
}

std::optional<std::pair<Instant, Instant>> TimeRangeEdit::range() const
{
    if (m_range->currentData().toInt() == Any)
        return std::nullopt;
    return std::minmax({readingOf(m_from), readingOf(m_until)});
}

void TimeRangeEdit::takeRange()
{
    const Instant now = m_clock.now();
    const QDate today = toDateTime(now).toTimeZone(m_zone).date();
    const auto set = [this](Instant from, Instant until) {
        setReading(m_from, from);
        setReading(m_until, until);
    };
    const int range = m_range->currentData().toInt();
    switch (range) {
    case PastHour:
        set(now - 1h, now);
        break;
    case Today:
        set(beginningOf(today), beginningOf(today.addDays(1)));
        break;
    case NextHour:
        set(now, now + 1h);
        break;
    case Tomorrow:
        set(beginningOf(today.addDays(1)), beginningOf(today.addDays(2)));
        break;
    default:
        break;
    }
    for (auto* edit : {m_from, m_until})
        edit->setEnabled(range == Between);
}

void TimeRangeEdit::setReading(QDateTimeEdit* edit, Instant instant)
{
    const QDateTime local = toDateTime(instant).toTimeZone(m_zone);
    edit->setDateTime(QDateTime(local.date(), local.time(), Qt::UTC));
}

/// The first of two; where clocks are put forward, what they would have read.
Instant TimeRangeEdit::readingOf(const QDateTimeEdit* edit) const
{
    const auto instants = instantsOf(edit->date(), edit->time(), m_zone);
    return instants.empty() ? fromDateTime(QDateTime(edit->date(), edit->time(), m_zone)) : instants.front();
}

Instant TimeRangeEdit::beginningOf(QDate day) const
{
    return fromDateTime(day.startOfDay(m_zone));
}

} // namespace punctual::ui
