// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of a file of messages, each with what is wrong with it. GUI thread.
#pragma once

#include "ui/compose/message_file.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace punctual::ui
{

class MessageFileModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Line, Verdict, Destination, Due, Key, Body, ColumnCount };

    explicit MessageFileModel(const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void show(MessageFile file);
    [[nodiscard]] const MessageFile& file() const { return m_file; }

private:
    [[nodiscard]] QString text(const client::MessageLine& line, int column) const;

    QTimeZone m_zone;
    MessageFile m_file;
};

} // namespace punctual::ui
