// SPDX-License-Identifier: GPL-3.0-or-later
// What is already scheduled for a destination around a due time, and how late one more would leave.
#pragma once

#include "core/forecast.h"
#include "ui/common/tone_label.h"
#include "ui/common/workspace.h"

#include <QTimer>

namespace punctual::ui
{

class ForecastAdvice : public ToneLabel
{
    Q_OBJECT

public:
    explicit ForecastAdvice(const Workspace& workspace, QWidget* parent = nullptr);

    /// Asks a moment later, so that not every key asks; an empty destination or no time: nothing to say.
    void show(const QString& destination, std::optional<Instant> due);

private:
    void ask();
    void take(const Result<std::vector<Forecast>>& answer);

    const Workspace& m_workspace;
    QString m_destination;
    std::optional<Instant> m_due;
    quint64 m_question = 0; // answers to older ones are dropped
    QTimer m_timer;
};

/// The advice in words, and whether it is a warning; empty if nothing is known of that hour.
struct Advice
{
    QString text;
    bool isWarning = false;
};
[[nodiscard]] Advice adviceOf(const Forecast& forecast, Instant due, const QTimeZone& zone);

} // namespace punctual::ui
