// SPDX-License-Identifier: GPL-3.0-or-later
// All keyboard shortcuts of a window.
#pragma once

#include "ui/palette/command_list.h"

#include <QDialog>

namespace punctual::ui
{

class ShortcutDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutDialog(const std::vector<Command>& commands, QWidget* parent = nullptr);
};

} // namespace punctual::ui
