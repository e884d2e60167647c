// SPDX-License-Identifier: GPL-3.0-or-later
// Sends a message that is over again with changes: to another destination, at a time, with other content.
#pragma once

#include "core/operation.h"
#include "ui/common/workspace.h"

#include <QDialog>

class QPushButton;

namespace punctual::ui
{

class DestinationCombo;
class DueEditor;
class ForecastAdvice;
class HeaderEditor;
class PayloadEditor;
class ToneLabel;

class ReplayDialog : public QDialog
{
    Q_OBJECT

public:
    /// `message` has its content. `workspace` outlives the dialog, which deletes itself when it is closed.
    ReplayDialog(const Workspace& workspace, const Message& message, QWidget* parent = nullptr);

Q_SIGNALS:
    /// What the person changed and nothing else. Then it closes.
    void chosen(const punctual::ReplayChange& change);

private:
    void layOut();
    void check();
    void send();
    [[nodiscard]] bool leavesDestination() const;
    [[nodiscard]] bool hasOwnHeaders() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] ReplayChange change() const;

    const Workspace& m_workspace;
    Message m_message;
    bool m_isText;                      // else its body stays as it is
    std::vector<Header> m_shownHeaders; // as the editor reads them when nobody has touched them
    DestinationCombo* m_destination;
    DueEditor* m_due;
    ForecastAdvice* m_advice;
    PayloadEditor* m_payload;
    HeaderEditor* m_headers;
    ToneLabel* m_note;
    ToneLabel* m_problem;
    QPushButton* m_send = nullptr;
};

} // namespace punctual::ui
