// SPDX-License-Identifier: GPL-3.0-or-later
// The wall clock of some processes, which a test sets while they run. It knows what it showed at any moment.
//
// Lives in the thread that made it.
#pragma once

#include "core/time.h"

#include <QString>
#include <QTemporaryDir>

#include <map>
#include <vector>

namespace punctual::test
{

struct ClockShift;

class ShiftedClock
{
public:
    /// Right at first, or off by this.
    explicit ShiftedClock(Duration ahead = {});
    ShiftedClock(const ShiftedClock&) = delete;
    ShiftedClock& operator=(const ShiftedClock&) = delete;
    ~ShiftedClock();

    /// What a process gets to have this clock, whatever its user.
    [[nodiscard]] std::map<QString, QString> environment() const;

    /// Sets it forward, or back.
    void step(Duration by);
    /// As if the machine had been suspended for so long, while the processes of this clock stand still.
    void sleep(Duration time);

    [[nodiscard]] Duration ahead() const { return m_settings.back().ahead; }
    [[nodiscard]] Instant now() const;

    /// The latest time that it showed, if it had not been set any more, between a moment when it showed
    /// `shown` and this real moment: by this a message that was claimed at `shown` may have been judged due.
    [[nodiscard]] Instant latestSince(Instant shown, Instant moment) const;

private:
    struct Setting
    {
        Instant since; // in real time
        Duration ahead;
    };

    QTemporaryDir m_directory;
    ClockShift* m_shift = nullptr;
    std::vector<Setting> m_settings;
};

} // namespace punctual::test
