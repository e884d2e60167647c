// SPDX-License-Identifier: GPL-3.0-or-later
// The table of messages: fixed row heights, columns that keep their widths.
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
    /// Only this one. False if it is not loaded.
    bool select(const MessageId& id);

    [[nodiscard]] int firstVisibleRow() const;
    /// As many as fit into the window, whether they exist or not.
    [[nodiscard]] int rowsThatFit() const;

Q_SIGNALS:
    void selectionMoved();

protected:
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    MessageModel& m_model;
};

} // namespace punctual::ui
