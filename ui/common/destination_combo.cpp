// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/destination_combo.h"

#include "ui/common/time_text.h"

namespace punctual::ui
{

using namespace std::chrono_literals;

DestinationCombo::DestinationCombo(const Workspace& workspace, const QString& any, QWidget* parent)
    : QComboBox(parent)
    , m_workspace(workspace)
    , m_any(any)
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(20);
    setPlaceholderText(tr("No destination yet"));
    if (!m_any.isEmpty()) {
        addItem(m_any, QString());
        setCurrentIndex(0);
    }
    m_timer.setInterval(5s);
    connect(&m_timer, &QTimer::timeout, this, &DestinationCombo::refresh);
}

void DestinationCombo::setDestination(const QString& name)
{
    if (findData(name) < 0)
        addItem(name, name);
    setCurrentIndex(findData(name));
}

void DestinationCombo::showEvent(QShowEvent* event)
{
    QComboBox::showEvent(event);
    m_timer.start();
    refresh();
}

void DestinationCombo::hideEvent(QHideEvent* event)
{
    m_timer.stop();
    QComboBox::hideEvent(event);
}

void DestinationCombo::refresh()
{
    m_workspace.client.destinations(m_workspace.actor, this,
                                    [this](const Result<std::vector<Destination>>& answer) {
                                        if (answer) // without an answer the last known ones stay; the status
                                                    // bar says that the database is away
                                            fill(*answer);
                                    });
}

void DestinationCombo::fill(const std::vector<Destination>& destinations)
{
    const QString chosen = destination();
    const bool hasAny = !m_any.isEmpty();
    const int offset = hasAny ? 1 : 0;
    QStringList names;
    for (const auto& each : destinations)
        names << each.name;
    const bool isGone = !chosen.isEmpty() && !names.contains(chosen);
    if (isGone)
        names << chosen;
    {
        const QSignalBlocker quiet(this); // another place in the list is no other choice
        enter(names);
        if (!chosen.isEmpty())
            setCurrentIndex(findData(chosen));
        else
            setCurrentIndex(hasAny || names.size() == 1 ? 0 : -1);
    }
    for (std::size_t i = 0; i < destinations.size(); ++i)
        setItemText(offset + static_cast<int>(i), labelOf(destinations[i]));
    if (isGone)
        setItemText(count() - 1, tr("%1 (removed)").arg(chosen));
    setPlaceholderText(destinations.empty() ? tr("No destination yet") : tr("Choose a destination"));
    if (destination() != chosen)
        Q_EMIT currentIndexChanged(currentIndex());
}

/// An open list of the same names stays open.
void DestinationCombo::enter(const QStringList& names)
{
    const int offset = m_any.isEmpty() ? 0 : 1;
    bool areSame = count() == offset + static_cast<int>(names.size());
    for (int i = 0; areSame && i < static_cast<int>(names.size()); ++i)
        areSame = itemData(offset + i) == names[i];
    if (areSame)
        return;
    while (count() > offset)
        removeItem(count() - 1);
    for (const auto& name : names)
        addItem(QString(), name);
}

QString DestinationCombo::labelOf(const Destination& destination) const
{
    if (!destination.isPaused(m_workspace.clock.now()))
        return destination.name;
    if (!destination.pause->until)
        return tr("%1 (paused)").arg(destination.name);
    return tr("%1 (paused until %2)")
        .arg(destination.name, timeText(*destination.pause->until, m_workspace.zone));
}

} // namespace punctual::ui
