// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/filter_dialog.h"

#include "ui/common/letter_width.h"
#include "ui/common/local_time.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace punctual::ui
{

using namespace std::chrono_literals;

FilterDialog::FilterDialog(const MessageFilter& filter, const Clock& clock, const QTimeZone& zone,
                           QWidget* parent)
    : QDialog(parent)
    , m_filter(filter)
    , m_clock(clock)
    , m_zone(zone)
    , m_tag(new QLineEdit(filter.tag))
    , m_key(new QLineEdit(filter.key))
    , m_range(new QComboBox)
    , m_from(new QDateTimeEdit)
    , m_until(new QDateTimeEdit)
{
    setWindowTitle(tr("Filter messages"));
    m_range->addItems({tr("At any time"), tr("In the past hour"), tr("Today"), tr("In the next hour"),
                       tr("Tomorrow"), tr("Between…")});
    for (auto* edit : {m_from, m_until}) {
        edit->setTimeSpec(Qt::UTC); // a bare reading of the local clock, as in the form for new messages
        edit->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        edit->setCalendarPopup(true);
    }
    layOut();
    const bool isNarrowed = filter.dueAfter || filter.dueBefore;
    setReading(m_from, filter.dueAfter.value_or(clock.now() - 1h));
    setReading(m_until, filter.dueBefore.value_or(clock.now()));
    connect(m_range, &QComboBox::currentIndexChanged, this, &FilterDialog::takeRange);
    m_range->setCurrentIndex(isNarrowed ? Between : Any);
    takeRange();
}

void FilterDialog::layOut()
{
    m_tag->setAccessibleName(tr("Tag"));
    m_key->setAccessibleName(tr("Key"));
    m_range->setAccessibleName(tr("Due"));
    m_from->setAccessibleName(tr("Due from"));
    m_until->setAccessibleName(tr("Due before"));
    m_tag->setPlaceholderText(tr("Exactly this tag"));
    m_key->setPlaceholderText(tr("Exactly this key"));
    auto* form = new QFormLayout;
    form->addRow(tr("&Tag:"), m_tag);
    form->addRow(tr("&Key:"), m_key);
    form->addRow(tr("&Due:"), m_range);
    form->addRow(tr("F&rom:"), m_from);
    form->addRow(tr("&Before:"), m_until);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->addButton(tr("&Filter"), QDialogButtonBox::AcceptRole);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(buttons);
    setMinimumWidth(letterWidth(fontMetrics()) * 50);
    connect(buttons, &QDialogButtonBox::accepted, this, &FilterDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &FilterDialog::reject);
}

void FilterDialog::takeRange()
{
    const Instant now = m_clock.now();
    const QDate today = toDateTime(now).toTimeZone(m_zone).date();
    const auto set = [this](Instant from, Instant until) {
        setReading(m_from, from);
        setReading(m_until, until);
    };
    switch (m_range->currentIndex()) {
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
        edit->setEnabled(m_range->currentIndex() == Between);
}

void FilterDialog::choose()
{
    m_filter.tag = m_tag->text().trimmed();
    m_filter.key = m_key->text().trimmed();
    m_filter.dueAfter.reset();
    m_filter.dueBefore.reset();
    if (m_range->currentIndex() != Any) {
        m_filter.dueAfter = std::min(readingOf(m_from), readingOf(m_until));
        m_filter.dueBefore = std::max(readingOf(m_from), readingOf(m_until));
    }
    Q_EMIT chosen(m_filter);
    accept();
}

void FilterDialog::setReading(QDateTimeEdit* edit, Instant instant)
{
    const QDateTime local = toDateTime(instant).toTimeZone(m_zone);
    edit->setDateTime(QDateTime(local.date(), local.time(), Qt::UTC));
}

/// The first of two; where clocks are put forward, what they would have read.
Instant FilterDialog::readingOf(const QDateTimeEdit* edit) const
{
    const auto instants = instantsOf(edit->date(), edit->time(), m_zone);
    return instants.empty() ? fromDateTime(QDateTime(edit->date(), edit->time(), m_zone)) : instants.front();
}

Instant FilterDialog::beginningOf(QDate day) const
{
    return fromDateTime(day.startOfDay(m_zone));
}

} // namespace punctual::ui
