// SPDX-License-Identifier: GPL-3.0-or-later
// Finds any command of the window by a few letters and runs it.
#pragma once

#include "ui/palette/command_list.h"

#include <QDialog>

class QLineEdit;
class QTreeWidget;

namespace punctual::ui
{

class CommandPalette : public QDialog
{
    Q_OBJECT

public:
    /// The actions outlive the palette, which is a child of their window.
    CommandPalette(std::vector<Command> commands, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void run();

    std::vector<Command> m_commands;
    std::vector<Command> m_found; // in the order of the rows
    QLineEdit* m_text;
    QTreeWidget* m_list;
};

} // namespace punctual::ui
