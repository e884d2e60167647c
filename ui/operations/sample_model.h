// SPDX-License-Identifier: GPL-3.0-or-later
// The first messages that a bulk operation would take, in its order. GUI thread.
#pragma once

#include "core/message.h"

#include <QAbstractTableModel>
#include <QTimeZone>

#include <vector>

namespace punctual::ui
{

class SampleModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Due, State, Destination, Key, LastResult, Id, ColumnCount };

    explicit SampleModel(const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void show(std::vector<Message> messages);

private:
    QTimeZone m_zone;
    std::vector<Message> m_rows;
};

} // namespace punctual::ui
