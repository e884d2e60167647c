// SPDX-License-Identifier: GPL-3.0-or-later
// Which messages the list shows: state, destination, a text, and a time when they are due if another page
// asked for it.
#pragma once

#include "core/message_list.h"
#include "ui/common/workspace.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;
class QToolButton;

namespace punctual::ui
{

class DestinationCombo;

class MessageFilterBar : public QWidget
{
    Q_OBJECT

public:
    explicit MessageFilterBar(const Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] MessageFilter filter() const;
    /// Any state and destination, this text.
    void searchFor(const QString& text);
    /// Of the filter, its state, destination, text and due time.
    void show(const MessageFilter& filter);
    using QWidget::show;
    void focusSearch();

Q_SIGNALS:
    /// At once for a choice, a moment after the last key for the text.
    void filterChanged();

private:
    void set(const MessageFilter& filter);
    void setDue(const std::optional<Instant>& after, const std::optional<Instant>& before);

    const Workspace& m_workspace;
    std::optional<Instant> m_dueAfter;
    std::optional<Instant> m_dueBefore;
    QComboBox* m_state;
    DestinationCombo* m_destination;
    QToolButton* m_due; // takes the due time away
    QLineEdit* m_text;
    QTimer m_typing;
};

} // namespace punctual::ui
