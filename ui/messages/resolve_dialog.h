// SPDX-License-Identifier: GPL-3.0-or-later
// Asks what became of messages whose request left and got no answer, and how one knows.
#pragma once

#include "core/message_state.h"

#include <QDialog>

class QButtonGroup;
class QLineEdit;
class QPushButton;

namespace punctual::ui
{

class ResolveDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ResolveDialog(int count, QWidget* parent = nullptr);

Q_SIGNALS:
    void decided(punctual::MessageState as, const QString& reason);

private:
    void addChoice(MessageState as, const QString& text, const QString& consequence);
    void check();
    void decide();

    QButtonGroup* m_choices;
    QLineEdit* m_reason;
    QPushButton* m_accept;
};

} // namespace punctual::ui
