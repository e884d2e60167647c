// SPDX-License-Identifier: GPL-3.0-or-later
// The one timer of the timer buckets: a thin adapter between a Clock and a QTimer.
//
// QTimer counts whole milliseconds of monotonic time, which stops in suspend, and at most 24 days of them;
// a Clock does neither. So it is never armed for longer than a second, and looks at the clock when it fires:
// `due` comes at or after the asked moment, never before it.
#pragma once

#include "core/clock.h"

#include <QObject>
#include <QTimer>

#include <optional>

namespace punctual::runtime
{

class WakeUp : public QObject
{
    Q_OBJECT

public:
    explicit WakeUp(const Clock& clock, QObject* parent = nullptr);

    /// Replaces what was asked for before; nothing disarms it.
    void at(std::optional<Instant> moment);

Q_SIGNALS:
    void due();

private:
    void look();

    const Clock& m_clock;
    QTimer m_timer;
    std::optional<Instant> m_moment;
};

} // namespace punctual::runtime
