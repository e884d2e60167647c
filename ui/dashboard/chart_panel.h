// SPDX-License-Identifier: GPL-3.0-or-later
// A part of the dashboard: a heading, one line that sums up, and what is below them.
#pragma once

#include "core/figures.h"
#include "core/message_list.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;

namespace punctual::ui
{

class ToneLabel;

class ChartPanel : public QFrame
{
    Q_OBJECT

public:
    /// `unit` is what the values are in; it may be empty.
    ChartPanel(const QString& heading, const QString& unit, QWidget* parent = nullptr);

    virtual void show(const Figures& figures) = 0;
    using QWidget::show;

Q_SIGNALS:
    /// The messages behind what was chosen.
    void messagesRequested(const punctual::MessageFilter& filter);

protected:
    void setContent(QWidget* content);
    /// Between the heading and the summary.
    void addToHeading(QWidget* widget);
    [[nodiscard]] ToneLabel& summary() { return *m_summary; }

private:
    QHBoxLayout* m_heading;
    ToneLabel* m_summary;
};

} // namespace punctual::ui
