// SPDX-License-Identifier: GPL-3.0-or-later
// One line for what became of an action, with a way to undo it for a while.
#pragma once

#include "ui/common/state_color.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QPushButton;

namespace punctual::ui
{

class ToneLabel;

class ResultBar : public QWidget
{
    Q_OBJECT

public:
    /// How long an undo is offered.
    static constexpr std::chrono::seconds patience{30};

    explicit ResultBar(QWidget* parent = nullptr);

    /// An undo that was offered before is withdrawn.
    void show(const QString& text, Tone tone);
    void clear();
    /// Beside the text that is shown; `undo` is called at most once.
    void offerUndo(std::function<void()> undo);
    [[nodiscard]] QString text() const;
    /// As the button does it, if it is offered.
    void undo();

Q_SIGNALS:
    /// An undo is offered from now on, or not any more.
    void undoOffered(bool offered);

private:
    void withdraw();

    ToneLabel* m_text;
    QPushButton* m_button;
    std::function<void()> m_undo;
    QTimer m_patience;
};

} // namespace punctual::ui
