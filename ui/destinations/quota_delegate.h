// SPDX-License-Identifier: GPL-3.0-or-later
// Paints what is used of a quota as a gauge behind its text.
#pragma once

#include <QStyledItemDelegate>

namespace punctual::ui
{

class QuotaDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace punctual::ui
