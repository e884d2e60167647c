// SPDX-License-Identifier: GPL-3.0-or-later
// The page of the audit: who did what, with what it was before and after, and whether the seals hold.
#pragma once

#include "ui/audit/audit_model.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QPlainTextEdit;
class QTableView;
class QToolButton;

namespace punctual::ui
{

class AuditFilterBar;
class Refresher;
class ToneLabel;
class ViewFrame;

class AuditPage : public QWidget
{
    Q_OBJECT

public:
    explicit AuditPage(const Workspace& workspace, QWidget* parent = nullptr);

    void refresh();

private:
    void layOut();
    QWidget* makeChanges();
    QPlainTextEdit* makeText(const QString& name);
    void applyFilter();
    void ask();
    void take(const Result<std::vector<AuditEntry>>& answer);
    void readMore(qint64 beforeId);
    void takeSelection();
    void askForFile();
    void exportTo(const QString& path);

    const Workspace& m_workspace;
    AuditModel m_model;
    int m_filterNumber = 0; // answers to an earlier one are dropped
    AuditFilterBar* m_filters;
    QToolButton* m_export;
    ToneLabel* m_result;
    QTableView* m_table;
    QPlainTextEdit* m_before;
    QPlainTextEdit* m_after;
    ViewFrame* m_frame;
    Refresher* m_refresher;
};

} // namespace punctual::ui
