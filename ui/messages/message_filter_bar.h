// SPDX-License-Identifier: GPL-3.0-or-later
// Which messages the list shows: state, destination and a text.
#pragma once

#include "core/message_list.h"
#include "ui/common/workspace.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;

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
    void focusSearch();

Q_SIGNALS:
    /// At once for a choice, a moment after the last key for the text.
    void filterChanged();

private:
    QComboBox* m_state;
    DestinationCombo* m_destination;
    QLineEdit* m_text;
    QTimer m_typing;
};

} // namespace punctual::ui
