// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_filter_bar.h"

#include "ui/common/destination_combo.h"
#include "ui/common/icon.h"
#include "ui/common/time_text.h"
#include "ui/common/wording.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

QLabel* labelFor(QWidget* control, const QString& text)
{
    auto* label = new QLabel(text);
    label->setBuddy(control);
    control->setAccessibleName(QString(text).remove(u'&').remove(u':'));
    return label;
}

} // namespace

MessageFilterBar::MessageFilterBar(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_state(new QComboBox)
    , m_destination(new DestinationCombo(workspace, tr("All destinations")))
    , m_due(new QToolButton)
    , m_text(new QLineEdit)
{
    m_state->addItem(tr("All states"));
    for (const auto state : allMessageStates)
        m_state->addItem(stateName(state), QString(toText(state)));
    m_due->setIcon(lineIcon(QStringLiteral("close")));
    m_due->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_due->setFocusPolicy(Qt::TabFocus);
    m_due->setToolTip(tr("Show other due times too"));
    m_due->hide();
    m_text->setPlaceholderText(tr("Id, or part of a key, tag or error"));
    m_text->setClearButtonEnabled(true);
    m_text->addAction(lineIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_typing.setSingleShot(true);
    m_typing.setInterval(250ms);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(labelFor(m_state, tr("&State:")));
    layout->addWidget(m_state);
    layout->addSpacing(8);
    layout->addWidget(labelFor(m_destination, tr("&Destination:")));
    layout->addWidget(m_destination);
    layout->addSpacing(8);
    layout->addWidget(m_due);
    layout->addWidget(labelFor(m_text, tr("Sea&rch:")));
    layout->addWidget(m_text, 1);

    connect(m_state, &QComboBox::currentIndexChanged, this, &MessageFilterBar::filterChanged);
    connect(m_destination, &QComboBox::currentIndexChanged, this, &MessageFilterBar::filterChanged);
    connect(m_due, &QToolButton::clicked, this, [this] {
        setDue({}, {});
        Q_EMIT filterChanged();
    });
    connect(m_text, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, &MessageFilterBar::filterChanged);
}

MessageFilter MessageFilterBar::filter() const
{
    MessageFilter filter;
    if (const auto state = parseMessageState(m_state->currentData().toString()))
        filter.states = {*state};
    filter.destination = m_destination->destination();
    filter.text = m_text->text().trimmed();
    filter.dueAfter = m_dueAfter;
    filter.dueBefore = m_dueBefore;
    return filter;
}

void MessageFilterBar::searchFor(const QString& text)
{
    show(MessageFilter{.text = text});
}

void MessageFilterBar::show(const MessageFilter& filter)
{
    set(filter);
    m_typing.stop();
    Q_EMIT filterChanged();
}

void MessageFilterBar::set(const MessageFilter& filter)
{
    const QSignalBlocker quietState(m_state);
    const QSignalBlocker quietDestination(m_destination);
    const QString state = filter.states.size() == 1 ? QString(toText(filter.states.front())) : QString();
    m_state->setCurrentIndex(state.isEmpty() ? 0 : m_state->findData(state));
    m_destination->setDestination(filter.destination);
    m_text->setText(filter.text);
    setDue(filter.dueAfter, filter.dueBefore);
}

void MessageFilterBar::setDue(const std::optional<Instant>& after, const std::optional<Instant>& before)
{
    m_dueAfter = after;
    m_dueBefore = before;
    m_due->setVisible(after && before);
    if (after && before)
        m_due->setText(
            tr("Due %1, for %2").arg(timeText(*after, m_workspace.zone), spanText(*before - *after)));
}

void MessageFilterBar::focusSearch()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

} // namespace punctual::ui
