// SPDX-License-Identifier: GPL-3.0-or-later
// Paints how many died in each of the last 24 hours as small bars before the words.
#pragma once

#include <QStyledItemDelegate>

namespace punctual::ui
{

class TrendDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace punctual::ui
