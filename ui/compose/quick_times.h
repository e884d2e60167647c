// SPDX-License-Identifier: GPL-3.0-or-later
// Due times that are often wanted, by a click.
#pragma once

#include "core/clock.h"

#include <QTimeZone>
#include <QToolButton>

namespace punctual::ui
{

class QuickTimes : public QToolButton
{
    Q_OBJECT

public:
    /// `clock` outlives it. Days are those of `zone`.
    QuickTimes(const Clock& clock, const QTimeZone& zone, QWidget* parent = nullptr);

Q_SIGNALS:
    void spanChosen(punctual::Duration span);
    void instantChosen(punctual::Instant due);

private:
    void addSpan(const QString& text, Duration span);
    void addReading(const QString& text, QTime time, const std::function<QDate(QDate)>& dayAfter);

    const Clock& m_clock;
    QTimeZone m_zone;
};

} // namespace punctual::ui
