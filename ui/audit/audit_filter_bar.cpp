// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/audit_filter_bar.h"

#include "ui/common/label_for.h"
#include "ui/common/reading_edit.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

constexpr int anyTime = 0;
constexpr int between = -1;

} // namespace

AuditFilterBar::AuditFilterBar(const Clock& clock, const QTimeZone& zone, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_actor(new QLineEdit)
    , m_action(new QComboBox)
    , m_kind(new QComboBox)
    , m_object(new QLineEdit)
    , m_time(new QComboBox)
    , m_from(new ReadingEdit(zone, clock.now() - 1h, tr("From")))
    , m_until(new ReadingEdit(zone, clock.now() + 1min, tr("Until")))
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(250ms);
    fill();
    layOut();
    takeTime();
    connect(&m_typing, &QTimer::timeout, this, &AuditFilterBar::filterChanged);
    for (auto* edit : {m_actor, m_object})
        connect(edit, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    for (auto* combo : {m_action, m_kind})
        connect(combo, &QComboBox::currentIndexChanged, this, &AuditFilterBar::filterChanged);
    connect(m_time, &QComboBox::currentIndexChanged, this, &AuditFilterBar::takeTime);
    for (auto* reading : {m_from, m_until})
        connect(reading, &QDateTimeEdit::dateTimeChanged, &m_typing, qOverload<>(&QTimer::start));
}

void AuditFilterBar::fill()
{
    m_actor->setPlaceholderText(tr("Anybody"));
    m_object->setPlaceholderText(tr("Any id or name"));
    for (auto* edit : {m_actor, m_object})
        edit->setClearButtonEnabled(true);
    // The words of the database, of REST and of the command line.
    m_action->addItem(tr("All actions"), QString());
    for (const auto* word :
         {"abort", "cancel", "change", "create", "edit", "finish", "pause", "release", "remove", "replay",
          "reschedule", "reseal", "resolve", "restore", "resume", "revoke", "schedule", "start", "stop"})
        m_action->addItem(QString::fromLatin1(word), QString::fromLatin1(word));
    m_kind->addItem(tr("All objects"), QString());
    for (const auto* word : {"message", "destination", "key", "operation", "settings", "token"})
        m_kind->addItem(QString::fromLatin1(word), QString::fromLatin1(word));
    m_time->addItem(tr("Any time"), anyTime);
    m_time->addItem(tr("The last hour"), 1);
    m_time->addItem(tr("The last 24 hours"), 24);
    m_time->addItem(tr("The last 7 days"), 7 * 24);
    m_time->addItem(tr("Between…"), between);
}

void AuditFilterBar::layOut()
{
    auto* range = new QHBoxLayout; // in a row of its own: a narrow window has no room for it in the other
    range->addStretch();
    range->addWidget(m_from);
    range->addWidget(m_until);
    auto* layout = new QHBoxLayout;
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(layout);
    rows->addLayout(range);
    layout->addWidget(labelFor(m_actor, tr("&Who:")));
    layout->addWidget(m_actor, 1);
    layout->addWidget(labelFor(m_action, tr("Ac&tion:")));
    layout->addWidget(m_action);
    layout->addWidget(labelFor(m_kind, tr("Ob&ject:")));
    layout->addWidget(m_kind);
    m_object->setAccessibleName(tr("Id or name of the object"));
    layout->addWidget(m_object, 1);
    layout->addWidget(labelFor(m_time, tr("Whe&n:")));
    layout->addWidget(m_time);
}

void AuditFilterBar::takeTime()
{
    const bool isBetween = m_time->currentData().toInt() == between;
    m_from->setVisible(isBetween);
    m_until->setVisible(isBetween);
    Q_EMIT filterChanged();
}

AuditFilter AuditFilterBar::filter() const
{
    AuditFilter filter;
    filter.actor = m_actor->text().trimmed();
    filter.action = m_action->currentData().toString();
    filter.kind = m_kind->currentData().toString();
    filter.object = m_object->text().trimmed();
    const int hours = m_time->currentData().toInt();
    if (hours > 0)
        filter.after = m_clock.now() - std::chrono::hours(hours);
    if (hours == between) { // a reading that the clocks skip limits nothing
        filter.after = m_from->earliest();
        filter.before = m_until->latest();
    }
    return filter;
}

} // namespace punctual::ui
