// SPDX-License-Identifier: GPL-3.0-or-later
// The attempts of one message, first to last. GUI thread.
#pragma once

#include "core/attempt.h"

#include <QAbstractTableModel>
#include <QTimeZone>

namespace punctual::ui
{

class AttemptModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Number, Started, Lateness, Took, Result, Answer, ColumnCount };

    explicit AttemptModel(const QTimeZone& zone, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Another message's.
    void show(std::vector<Attempt> attempts);
    /// The same message's, which only ever get more.
    void extend(const std::vector<Attempt>& attempts);

private:
    [[nodiscard]] QString text(const Attempt& attempt, int column) const;

    QTimeZone m_zone;
    std::vector<Attempt> m_attempts;
};

} // namespace punctual::ui
