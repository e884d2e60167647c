// SPDX-License-Identifier: GPL-3.0-or-later
// Questions to the person at the window, behind an interface so that tests can answer them.
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace punctual::ui
{

struct Question
{
    QString title;
    QString text;
    QString accept; // what the button says that does it
    QString reject; // what the other one says
    /// It can be taken back, so that Enter may do it. Otherwise Enter leaves everything as it is.
    bool isHarmless = false;
};

struct FileQuestion
{
    QString title;
    QString name;   // that is proposed
    QString filter; // as QFileDialog takes it
};

class Dialogs
{
public:
    Dialogs() = default;
    Dialogs(const Dialogs&) = delete;
    Dialogs& operator=(const Dialogs&) = delete;
    virtual ~Dialogs() = default;

    /// Returns at once. `accepted` is called later, if the person says so while `parent` is there.
    virtual void ask(QWidget* parent, const Question& question, std::function<void()> accepted) = 0;
    /// Returns at once. `chosen` is called later with the path of a file to write, if the person gives one.
    virtual void askForFile(QWidget* parent, const FileQuestion& question,
                            std::function<void(const QString&)> chosen) = 0;
};

/// The real ones: message boxes that block their window, but not the event loop.
class MessageBoxDialogs : public Dialogs
{
public:
    void ask(QWidget* parent, const Question& question, std::function<void()> accepted) override;
    void askForFile(QWidget* parent, const FileQuestion& question,
                    std::function<void(const QString&)> chosen) override;
};

} // namespace punctual::ui
