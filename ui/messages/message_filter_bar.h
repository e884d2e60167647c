// SPDX-License-Identifier: GPL-3.0-or-later
// Which messages the list shows: state, destination, a text, and as chips whatever else it is narrowed to.
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
class FilterChips;
class SavedViews;

class MessageFilterBar : public QWidget
{
    Q_OBJECT

public:
    explicit MessageFilterBar(const Workspace& workspace, QWidget* parent = nullptr);

    [[nodiscard]] MessageFilter filter() const;
    /// Any state and destination, this text.
    void searchFor(const QString& text);
    void show(const MessageFilter& filter);
    using QWidget::show;
    void focusSearch();
    /// Opens the dialog for tag, key and due time.
    void narrow();

    /// The views that the person keeps.
    [[nodiscard]] QString saveViews() const;
    void restoreViews(const QString& text);

Q_SIGNALS:
    /// At once for a choice, a moment after the last key for the text.
    void filterChanged();

private:
    void layOut();
    void set(const MessageFilter& filter);
    void takeChips(const MessageFilter& chips);
    void setStates(const std::vector<MessageState>& states);

    const Workspace& m_workspace;
    MessageFilter m_filter; // what has no control of its own; the other fields are not kept up
    QComboBox* m_state;
    DestinationCombo* m_destination;
    QLineEdit* m_text;
    QToolButton* m_more;
    SavedViews* m_views;
    FilterChips* m_chips;
    QTimer m_typing;
};

} // namespace punctual::ui
