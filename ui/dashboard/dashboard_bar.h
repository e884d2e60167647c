// SPDX-License-Identifier: GPL-3.0-or-later
// What one sets above the charts: how far back they look, the objective, and what to do with them.
#pragma once

#include "ui/dashboard/time_range.h"

#include <QAction>
#include <QWidget>

class QComboBox;
class QToolButton;

namespace punctual::ui
{

class ToneLabel;

class DashboardBar : public QWidget
{
    Q_OBJECT

public:
    explicit DashboardBar(QWidget* parent = nullptr);

    [[nodiscard]] const TimeRange& range() const;
    [[nodiscard]] Duration objective() const;
    [[nodiscard]] bool isPaused() const;

    /// What it says of itself: by names that settings keep.
    [[nodiscard]] QString settings() const;
    void setSettings(const QString& settings);

    /// For the menu of the window.
    [[nodiscard]] const QList<QAction*>& commands() const { return m_commands; }

    void setResult(const QString& text, bool worked);

Q_SIGNALS:
    void rangeChanged();
    void objectiveChanged();
    void pauseToggled(bool paused);
    void imageRequested();
    void tableRequested();
    void fullScreenRequested();

private:
    void fill();
    void makeButtons();

    QComboBox* m_range;
    QComboBox* m_objective;
    ToneLabel* m_result;
    QToolButton* m_pause;
    QToolButton* m_export;
    QToolButton* m_fullScreen;
    QList<QAction*> m_commands;
};

} // namespace punctual::ui
