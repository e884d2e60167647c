// SPDX-License-Identifier: GPL-3.0-or-later
// Dialogs that a test answers.
#pragma once

#include "ui/common/dialogs.h"

#include <QStringList>

#include <utility>

namespace punctual::test
{

/// Answers every question as it is told and remembers what was asked.
class ScriptedDialogs : public ui::Dialogs
{
public:
    void ask(QWidget* /*parent*/, const ui::Question& question, std::function<void()> accepted) override
    {
        asked << question.text;
        if (isLate)
            m_open = std::move(accepted);
        else if (accepts)
            accepted();
    }

    /// Says yes to the question that was left open.
    void answer() { std::exchange(m_open, {})(); }

    void askForFile(QWidget* /*parent*/, const ui::FileQuestion& question,
                    std::function<void(const QString&)> chosen) override
    {
        asked << question.title;
        if (accepts)
            chosen(file);
    }

    QStringList asked;
    bool accepts = true;
    bool isLate = false; // only answer() answers
    QString file;        // that it names

private:
    std::function<void()> m_open;
};

} // namespace punctual::test
