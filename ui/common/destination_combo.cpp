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
    if (!m_any.isEmpty())
        addItem(m_any, QString());
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
    const bool hasAny = !m_any.isEmpty();
    const int offset = hasAny ? 1 : 0;
    bool sameNames = count() == offset + static_cast<int>(destinations.size());
    for (std::size_t i = 0; sameNames && i < destinations.size(); ++i)
        sameNames = itemData(offset + static_cast<int>(i)) == destinations[i].name;
    if (!sameNames) {
        const QString chosen = destination();
        {
            const QSignalBlocker quiet(this);
            while (count() > offset)
                removeItem(offset);
            for (const auto& destination : destinations)
                addItem(QString(), destination.name);
        }
        setCurrentIndex(qMax(findData(chosen), count() > 0 ? 0 : -1));
    }
    for (std::size_t i = 0; i < destinations.size(); ++i)
        setItemText(offset + static_cast<int>(i), labelOf(destinations[i]));
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
