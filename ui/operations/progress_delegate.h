// SPDX-License-Identifier: GPL-3.0-or-later
// Paints how far an operation is as a line under the numbers.
#pragma once

#include <QStyledItemDelegate>

namespace punctual::ui
{

class ProgressDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace punctual::ui
