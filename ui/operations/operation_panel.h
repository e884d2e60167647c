// SPDX-License-Identifier: GPL-3.0-or-later
// One bulk operation: how far it is, what became of its messages, who asked for it and why, with abort and
// undo. Whoever shows it keeps it up to date with show().
#pragma once

#include "core/operation.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace punctual::ui
{

class ToneLabel;

class OperationPanel : public QWidget
{
    Q_OBJECT

public:
    explicit OperationPanel(const Workspace& workspace, QWidget* parent = nullptr);

    void show(const Operation& operation);
    using QWidget::show;
    void clear();

Q_SIGNALS:
    /// It has another state now, or `fresh` is the one that undoes it.
    void changed(const punctual::Operation& fresh);

private:
    void layOut();
    void offerCommands();
    void abort();
    void askForUndo();
    void undo(const QUuid& id);
    void take(const Result<Operation>& answer);
    [[nodiscard]] QString originText(const Operation& operation) const;
    [[nodiscard]] QString problemText(const Operation& operation) const;

    const Workspace& m_workspace;
    std::optional<Operation> m_operation;
    bool m_isAsking = false;
    QString m_error; // of the last abort or undo
    QLabel* m_title;
    QProgressBar* m_progress;
    ToneLabel* m_state;
    QLabel* m_verdicts;
    QLabel* m_origin;
    ToneLabel* m_problem;
    QPushButton* m_abort;
    QPushButton* m_undo;
};

} // namespace punctual::ui
