// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/shortcut_dialog.h"

#include "ui/common/letter_width.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace punctual::ui
{

ShortcutDialog::ShortcutDialog(const std::vector<Command>& commands, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* list = new QTreeWidget;
    list->setAccessibleName(tr("Keyboard shortcuts"));
    list->setHeaderLabels({tr("Command"), tr("Menu"), tr("Keys")});
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setAlternatingRowColors(true);
    const auto add = [list](const QStringList& texts) { new QTreeWidgetItem(list, texts); };
    for (const auto& command : commands)
        if (!command.shortcut.isEmpty())
            add({command.name, command.menu, command.shortcut});
    // Those of fields and buttons, which no menu has.
    const auto keys = [](QKeySequence sequence) { return sequence.toString(QKeySequence::NativeText); };
    add({tr("Schedule the message"), tr("Compose"), keys(Qt::CTRL | Qt::Key_Return)});
    add({tr("Undo"), tr("Messages, Compose"), keys(QKeySequence::Undo)});
    add({tr("Leave the full screen"), tr("Dashboard"), keys(Qt::Key_Escape)});
    list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(list);
    layout->addWidget(buttons);
    resize(letterWidth(fontMetrics()) * 85, fontMetrics().height() * 28);
    connect(buttons, &QDialogButtonBox::rejected, this, &ShortcutDialog::reject);
}

} // namespace punctual::ui
