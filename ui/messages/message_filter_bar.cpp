// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/message_filter_bar.h"

#include "ui/common/destination_combo.h"
#include "ui/common/icon.h"
#include "ui/common/label_for.h"
#include "ui/common/wording.h"
#include "ui/messages/filter_chips.h"
#include "ui/messages/filter_dialog.h"
#include "ui/messages/saved_views.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace punctual::ui
{

using namespace std::chrono_literals;

MessageFilterBar::MessageFilterBar(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_state(new QComboBox)
    , m_destination(new DestinationCombo(workspace, tr("All destinations")))
    , m_text(new QLineEdit)
    , m_more(new QToolButton)
    , m_views(new SavedViews([this] { return filter(); }))
    , m_chips(new FilterChips(workspace.zone))
{
    m_state->addItem(tr("All states"));
    for (const auto state : allMessageStates)
        m_state->addItem(stateName(state), QString(toText(state)));
    m_state->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_state->setMinimumContentsLength(16);
    m_more->setIcon(lineIcon(QStringLiteral("filter")));
    m_more->setText(tr("Filt&er…"));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setToolTip(tr("By tag, key, due time or attempt"));
    m_text->setPlaceholderText(tr("Id, or part of a key, tag or error"));
    m_text->setClearButtonEnabled(true);
    m_text->addAction(lineIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_typing.setSingleShot(true);
    m_typing.setInterval(250ms);
    layOut();

    connect(m_state, &QComboBox::currentIndexChanged, this, &MessageFilterBar::filterChanged);
    connect(m_destination, &QComboBox::currentIndexChanged, this, &MessageFilterBar::filterChanged);
    connect(m_text, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, &MessageFilterBar::filterChanged);
    connect(m_more, &QToolButton::clicked, this, &MessageFilterBar::narrow);
    connect(m_chips, &FilterChips::changed, this, &MessageFilterBar::takeChips);
    connect(m_views, &SavedViews::chosen, this, qOverload<const MessageFilter&>(&MessageFilterBar::show));
}

void MessageFilterBar::layOut()
{
    auto* line = new QHBoxLayout;
    line->addWidget(labelFor(m_state, tr("&State:")));
    line->addWidget(m_state);
    line->addSpacing(8);
    line->addWidget(labelFor(m_destination, tr("Destinati&on:")));
    line->addWidget(m_destination);
    line->addSpacing(8);
    line->addWidget(labelFor(m_text, tr("Sea&rch:")));
    line->addWidget(m_text, 1);
    line->addWidget(m_more);
    line->addWidget(m_views);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(line);
    layout->addWidget(m_chips);
}

MessageFilter MessageFilterBar::filter() const
{
    MessageFilter filter = m_filter;
    filter.states.clear();
    const auto states = m_state->currentData().toString().split(u',', Qt::SkipEmptyParts);
    for (const auto& text : states)
        if (const auto state = parseMessageState(text))
            filter.states.push_back(*state);
    filter.destination = m_destination->destination();
    filter.text = m_text->text().trimmed();
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

void MessageFilterBar::narrow()
{
    auto* dialog = new FilterDialog(filter(), m_workspace.clock, m_workspace.zone, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &FilterDialog::chosen, this, qOverload<const MessageFilter&>(&MessageFilterBar::show));
    dialog->open();
}

void MessageFilterBar::set(const MessageFilter& filter)
{
    const QSignalBlocker quietState(m_state);
    const QSignalBlocker quietDestination(m_destination);
    setStates(filter.states);
    m_destination->setDestination(filter.destination);
    m_text->setText(filter.text);
    m_filter = filter;
    m_chips->show(filter);
}

/// The controls may have moved on since the chips were made.
void MessageFilterBar::takeChips(const MessageFilter& chips)
{
    const MessageFilter controls = filter();
    MessageFilter changed = chips;
    changed.states = controls.states;
    changed.destination = controls.destination;
    changed.text = controls.text;
    show(changed);
}

/// Several that another page or a view asks for are an entry of their own.
void MessageFilterBar::setStates(const std::vector<MessageState>& states)
{
    QStringList words;
    QStringList names;
    for (const auto state : states) {
        words << QString(toText(state));
        names << stateName(state);
    }
    const QString key = words.join(u',');
    if (!states.empty() && m_state->findData(key) < 0)
        m_state->addItem(names.join(QStringLiteral(", ")), key);
    m_state->setCurrentIndex(states.empty() ? 0 : m_state->findData(key));
    m_state->setToolTip(states.size() > 1 ? names.join(QStringLiteral(", ")) : QString());
}

QString MessageFilterBar::saveViews() const
{
    return m_views->save();
}

void MessageFilterBar::restoreViews(const QString& text)
{
    m_views->restore(text);
}

void MessageFilterBar::focusSearch()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

} // namespace punctual::ui
