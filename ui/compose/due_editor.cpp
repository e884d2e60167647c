// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/due_editor.h"

#include "core/message_json.h"
#include "ui/common/local_time.h"
#include "ui/common/time_text.h"
#include "ui/common/tone_label.h"
#include "ui/compose/due_notes.h"
#include "ui/compose/quick_times.h"
#include "ui/compose/span_edit.h"
#include "ui/compose/zone_combo.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QGridLayout>
#include <QLabel>
#include <QRadioButton>

#include <algorithm>

namespace punctual::ui
{

using namespace std::chrono_literals;

DueEditor::DueEditor(const Clock& clock, const QTimeZone& local, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_local(local)
    , m_in(new QRadioButton(tr("&In")))
    , m_span(new SpanEdit)
    , m_at(new QRadioButton(tr("A&t")))
    , m_reading(new QDateTimeEdit)
    , m_zone(new ZoneCombo(local))
    , m_which(new QComboBox)
    , m_others(new QLabel)
    , m_recipient(new ZoneCombo(local))
    , m_there(new ToneLabel(Tone::Neutral))
    , m_change(new ToneLabel(Tone::Warning))
{
    // The editor holds a bare reading of a clock. UTC has no gaps, so it lets every one of them pass.
    m_reading->setTimeSpec(Qt::UTC);
    m_reading->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_reading->setCalendarPopup(true);
    setReading(std::chrono::ceil<std::chrono::minutes>(clock.now() + 1h));
    layOut();
    connect(m_in, &QRadioButton::toggled, this, &DueEditor::takeMode);
    connect(m_span, &QLineEdit::textChanged, this, &DueEditor::changed);
    connect(m_reading, &QDateTimeEdit::dateTimeChanged, this, &DueEditor::takeReading);
    connect(m_zone, &QComboBox::currentTextChanged, this, &DueEditor::takeReading);
    connect(m_which, &QComboBox::currentIndexChanged, this, &DueEditor::changed);
    connect(m_recipient, &QComboBox::currentTextChanged, this, &DueEditor::showNotes);
    connect(this, &DueEditor::changed, this, &DueEditor::showNotes);
    m_in->setChecked(true);
    takeReading();
}

void DueEditor::layOut()
{
    m_span->setAccessibleName(tr("Span until it is due"));
    m_reading->setAccessibleName(tr("Date and time when it is due"));
    m_zone->setAccessibleName(tr("Time zone"));
    m_which->setAccessibleName(tr("Which of the two times"));
    m_others->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_others->setAccessibleName(tr("The same time elsewhere"));
    m_recipient->setAccessibleName(tr("Time zone of the recipient"));
    m_there->setAccessibleName(tr("Time of the recipient"));
    m_change->setAccessibleName(tr("Change of the clocks"));
    m_which->hide();
    auto* quick = new QuickTimes(m_clock, m_local);
    connect(quick, &QuickTimes::spanChosen, this, &DueEditor::setSpan);
    connect(quick, &QuickTimes::instantChosen, this, &DueEditor::setInstant);
    auto* recipient = new QLabel(tr("Recipient in"));
    recipient->setBuddy(m_recipient);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_in, 0, 0);
    layout->addWidget(m_span, 0, 1);
    layout->addWidget(quick, 0, 2, Qt::AlignLeft);
    layout->addWidget(m_at, 1, 0);
    layout->addWidget(m_reading, 1, 1);
    layout->addWidget(m_zone, 1, 2);
    layout->addWidget(m_others, 1, 3);
    layout->addWidget(m_which, 2, 1, 1, 2);
    layout->addWidget(recipient, 3, 1);
    layout->addWidget(m_recipient, 3, 2);
    layout->addWidget(m_there, 3, 3);
    layout->addWidget(m_change, 4, 1, 1, 3);
    layout->setColumnStretch(3, 1);
}

std::optional<DueEditor::Due> DueEditor::due() const
{
    if (!problem().isEmpty())
        return std::nullopt;
    return m_in->isChecked() ? Due(*m_span->span()) : Due(*instant());
}

QString DueEditor::problem() const
{
    const Duration ahead = MessageLimits{}.ahead;
    if (m_at->isChecked())
        return problemOfReading();
    if (!m_span->span())
        return tr("Give a span such as 5s, 1h30m or 10d.");
    return *m_span->span() > ahead ? tr("That is more than %1 ahead.").arg(spanText(ahead)) : QString();
}

void DueEditor::setInstant(Instant due)
{
    m_zone->setCurrentIndex(0);
    setReading(due);
    const auto meant = std::find(m_instants.begin(), m_instants.end(), due);
    if (m_instants.size() > 1 && meant != m_instants.end())
        m_which->setCurrentIndex(static_cast<int>(meant - m_instants.begin()));
    m_at->setChecked(true);
}

void DueEditor::setSpan(Duration span)
{
    m_in->setChecked(true);
    m_span->setText(toText(span));
}

std::optional<Instant> DueEditor::expected() const
{
    const auto chosen = due();
    if (!chosen)
        return std::nullopt;
    const auto* span = std::get_if<Duration>(&*chosen);
    return span != nullptr ? m_clock.now() + *span : std::get<Instant>(*chosen);
}

std::optional<Instant> DueEditor::shownInstant() const
{
    return m_at->isChecked() ? instant() : std::nullopt;
}

void DueEditor::showNotes()
{
    const auto due = expected();
    const bool at = m_at->isChecked();
    m_others->setText(due && at ? otherReadings(*due) : QString());
    const QTimeZone recipient = m_recipient->zone();
    const bool isElsewhere = recipient.isValid() && recipient != m_local;
    const bool mayWake = due && recipient.isValid() && isNight(*due, recipient);
    m_there->setTone(mayWake ? Tone::Warning : Tone::Neutral);
    m_there->setText(due && recipient.isValid() && (isElsewhere || (at && mayWake))
                         ? recipientText(*due, recipient)
                         : QString());
    // Of a span nothing changes: it is as long as it says.
    const QTimeZone zone = m_zone->zone();
    m_change->setText(due && at && zone.isValid() ? clockChangeText(m_clock.now(), *due, zone) : QString());
    m_change->setVisible(!m_change->text().isEmpty());
}

void DueEditor::setReading(Instant instant)
{
    const QDateTime reading = toDateTime(instant).toTimeZone(m_local);
    m_reading->setDateTime(QDateTime(reading.date(), reading.time(), Qt::UTC));
}

void DueEditor::takeMode()
{
    const bool at = m_at->isChecked();
    m_span->setEnabled(!at);
    for (QWidget* control :
         {static_cast<QWidget*>(m_reading), static_cast<QWidget*>(m_zone), static_cast<QWidget*>(m_which)})
        control->setEnabled(at);
    Q_EMIT changed();
}

void DueEditor::takeReading()
{
    const QTimeZone zone = m_zone->zone();
    m_instants =
        zone.isValid() ? instantsOf(m_reading->date(), m_reading->time(), zone) : std::vector<Instant>{};
    offerInstants();
    takeMode();
}

void DueEditor::offerInstants()
{
    const QSignalBlocker quiet(m_which);
    m_which->clear();
    m_which->setVisible(m_instants.size() > 1);
    if (m_instants.size() < 2)
        return;
    m_which->setPlaceholderText(tr("This time happens twice: which one?"));
    const QTimeZone zone = m_zone->zone();
    for (std::size_t i = 0; i < m_instants.size(); ++i)
        m_which->addItem((i == 0 ? tr("The first: %1 (%2)") : tr("The second: %1 (%2)"))
                             .arg(timeText(m_instants[i], zone), timeText(m_instants[i], QTimeZone::utc())));
    m_which->setCurrentIndex(-1);
}

std::optional<Instant> DueEditor::instant() const
{
    if (m_instants.size() == 1)
        return m_instants.front();
    const int chosen = m_which->currentIndex();
    return chosen >= 0 ? std::optional(m_instants.at(static_cast<std::size_t>(chosen))) : std::nullopt;
}

QString DueEditor::problemOfReading() const
{
    const QTimeZone zone = m_zone->zone();
    if (!zone.isValid())
        return tr("There is no time zone of this name.");
    if (m_instants.empty())
        return tr("This time does not exist in %1: the clocks are put forward over it.")
            .arg(QString::fromLatin1(zone.id()));
    const auto due = instant();
    if (!due)
        return tr("This time happens twice in %1, because the clocks are put back. Choose which one is "
                  "meant.")
            .arg(QString::fromLatin1(zone.id()));
    if (*due < m_clock.now() - 1min)
        return tr("This time is past (%1).").arg(relativeText(*due, m_clock.now()));
    const Duration ahead = MessageLimits{}.ahead;
    return *due > m_clock.now() + ahead ? tr("That is more than %1 ahead.").arg(spanText(ahead)) : QString();
}

QString DueEditor::otherReadings(Instant due) const
{
    QStringList readings;
    const QTimeZone zone = m_zone->zone();
    if (zone != QTimeZone::utc())
        readings << timeText(due, QTimeZone::utc());
    if (zone != m_local && m_local != QTimeZone::utc())
        readings << tr("here %1").arg(timeText(due, m_local));
    readings << relativeText(due, m_clock.now());
    return QStringLiteral("= ") + readings.join(QStringLiteral(" = "));
}

} // namespace punctual::ui
