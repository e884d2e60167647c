// SPDX-License-Identifier: GPL-3.0-or-later
// One bulk operation from the preview to its end: what it would take, how, why; then how far it is, with
// abort and undo. Closing it ends nothing: the nodes go on, and the page of operations shows it.
#pragma once

#include "core/operation.h"
#include "ui/common/workspace.h"
#include "ui/operations/sample_model.h"

#include <QDialog>
#include <QTimer>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace punctual::ui
{

class LoadAdvice;
class OperationOptions;
class OperationPanel;
class Refresher;
class ToneLabel;

class BulkDialog : public QDialog
{
    Q_OBJECT

public:
    /// `workspace` outlives it. It deletes itself when it is closed.
    BulkDialog(const Workspace& workspace, const NewOperation& wanted, QWidget* parent);

Q_SIGNALS:
    /// It was created, or it is over.
    void progressed();

private:
    void layOut();
    QWidget* makePreview();
    void askForPreview();
    void takePreview(const Result<OperationPreview>& answer);
    void showCount();
    void start();
    void takeStarted(const Result<Operation>& answer);
    void follow(const Operation& operation);
    void ask();

    const Workspace& m_workspace;
    NewOperation m_wanted;
    SampleModel m_sample;
    QTimer m_pause;           // after a change, before it is asked again
    int m_questionNumber = 0; // of previews: the last one counts
    std::optional<qint64> m_count;
    bool m_hasChanged = false;            // what matches, since it was counted and was to be started
    std::optional<Operation> m_operation; // that is followed
    OperationOptions* m_options;
    ToneLabel* m_summary;
    LoadAdvice* m_load;
    QTableView* m_table;
    QLineEdit* m_reason;
    QWidget* m_preparation;
    OperationPanel* m_panel;
    QPushButton* m_start;
    QPushButton* m_close;
    Refresher* m_refresher;
};

} // namespace punctual::ui
