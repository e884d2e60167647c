// SPDX-License-Identifier: GPL-3.0-or-later
// The table of messages: fixed row heights, columns that keep their widths and that the person chooses.
#pragma once

#include "core/message.h"

#include <QTableView>

namespace punctual::ui
{

class MessageModel;

class MessageTable : public QTableView
{
    Q_OBJECT

public:
    explicit MessageTable(MessageModel& model, QWidget* parent = nullptr);

    [[nodiscard]] std::vector<MessageId> selectedIds() const;
    [[nodiscard]] std::vector<Message> selectedMessages() const;
    /// One for each column, which shows or hides it.
    [[nodiscard]] const QList<QAction*>& columnActions() const { return m_columns; }
    /// Only this one. False if it is not loaded.
    bool select(const MessageId& id);

    [[nodiscard]] int firstVisibleRow() const;
    /// Widths, order and choice of columns.
    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray& state);

    /// As many as fit into the window, whether they exist or not.
    [[nodiscard]] int rowsThatFit() const;

Q_SIGNALS:
    void selectionMoved();

protected:
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void makeColumnActions();
    void showColumnMenu(const QPoint& place);
    void takeColumns();

    MessageModel& m_model;
    QList<QAction*> m_columns;
};

} // namespace punctual::ui
