// SPDX-License-Identifier: GPL-3.0-or-later
// What a list is narrowed to beyond state, destination and text, each with a way to take it away again: tag,
// key, due time, attempts, and dead letters that failed alike.
#pragma once

#include "core/message_list.h"

#include <QTimeZone>
#include <QWidget>

class QHBoxLayout;

namespace punctual::ui
{

class FilterChips : public QWidget
{
    Q_OBJECT

public:
    explicit FilterChips(const QTimeZone& zone, QWidget* parent = nullptr);

    void show(const MessageFilter& filter);
    using QWidget::show;

Q_SIGNALS:
    /// The filter without what the person took away.
    void changed(const punctual::MessageFilter& filter);

private:
    void add(const QString& text, const MessageFilter& without);
    [[nodiscard]] QString dueText(const MessageFilter& filter) const;
    [[nodiscard]] QString attemptedText(const MessageFilter& filter) const;

    QTimeZone m_zone;
    QHBoxLayout* m_layout;
};

} // namespace punctual::ui
