// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/palette/command_palette.h"

#include "ui/common/icon.h"
#include "ui/common/letter_width.h"
#include "ui/common/state_color.h"

#include <QAction>
#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace punctual::ui
{

CommandPalette::CommandPalette(std::vector<Command> commands, QWidget* parent)
    : QDialog(parent)
    , m_commands(std::move(commands))
    , m_text(new QLineEdit)
    , m_list(new QTreeWidget)
{
    setWindowTitle(tr("Commands"));
    m_text->setPlaceholderText(tr("Type a few letters of a command"));
    m_text->setAccessibleName(tr("Command to look for"));
    m_text->addAction(lineIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    m_text->installEventFilter(this);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setColumnCount(3);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_text);
    layout->addWidget(m_list);
    resize(letterWidth(fontMetrics()) * 85, fontMetrics().height() * 24);
    connect(m_text, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_text, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QTreeWidget::itemClicked, this, &CommandPalette::run);
    fill();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool moves =
        key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown;
    if (moves)
        QCoreApplication::sendEvent(m_list, event);
    return moves;
}

void CommandPalette::fill()
{
    m_found = matching(m_commands, m_text->text());
    m_list->clear();
    for (const auto& command : m_found) {
        auto* item = new QTreeWidgetItem(m_list, {command.name, command.menu, command.shortcut});
        item->setIcon(0, command.action->icon());
        item->setForeground(1, toneColor(Tone::Neutral, palette()));
        item->setDisabled(!command.action->isEnabled());
        item->setToolTip(0, command.action->toolTip());
        if (command.action->isCheckable())
            item->setCheckState(0, command.action->isChecked() ? Qt::Checked : Qt::Unchecked);
    }
    for (int row = 0; row < m_list->topLevelItemCount() && !m_list->currentItem(); ++row)
        if (!m_list->topLevelItem(row)->isDisabled())
            m_list->setCurrentItem(m_list->topLevelItem(row));
}

/// Once this window is gone, so that the command finds the keyboard where it was before.
void CommandPalette::run()
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    if (row < 0)
        return;
    QAction* action = m_found.at(static_cast<std::size_t>(row)).action;
    if (!action->isEnabled())
        return;
    accept();
    QMetaObject::invokeMethod(action, &QAction::trigger, Qt::QueuedConnection);
}

} // namespace punctual::ui
