// SPDX-License-Identifier: GPL-3.0-or-later
// What a bulk operation adds to what a destination has to do already, hour by hour, and how late that makes
// it.
#pragma once

#include "core/forecast.h"
#include "core/operation.h"
#include "ui/common/tone_label.h"
#include "ui/common/workspace.h"

namespace punctual::ui
{

/// Messages that become due one after the other.
struct AddedLoad
{
    qint64 count = 0;
    Instant begin;
    Duration span{}; // from the first to the last
};

struct LoadText
{
    QString text;
    bool isWarning = false;
};

/// Empty where the forecast does not reach.
[[nodiscard]] LoadText loadText(const Forecast& forecast, const AddedLoad& added, const QTimeZone& zone);

class LoadAdvice : public ToneLabel
{
    Q_OBJECT

public:
    explicit LoadAdvice(const Workspace& workspace, QWidget* parent = nullptr);

    /// For so many messages of an operation that goes to one destination; else there is nothing to say.
    void show(const NewOperation& operation, qint64 count);
    void clear();

private:
    void take(const Result<std::vector<Forecast>>& answer, const AddedLoad& added);

    const Workspace& m_workspace;
    quint64 m_question = 0; // answers to older ones are dropped
};

} // namespace punctual::ui
