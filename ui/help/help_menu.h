// SPDX-License-Identifier: GPL-3.0-or-later
// The help of the window: finds commands, lists shortcuts, and says what program this is.
#pragma once

#include <QMenu>

class QMainWindow;

namespace punctual::ui
{

class HelpMenu : public QMenu
{
    Q_OBJECT

public:
    /// Knows the commands of the window's menus at the moment when it is asked.
    explicit HelpMenu(QMainWindow& window);

private:
    void findCommand();
    void showShortcuts();
    void about();

    QMainWindow& m_window;
};

} // namespace punctual::ui
