// SPDX-License-Identifier: GPL-3.0-or-later
// Writes all rows of the audit that fit a filter to a file, page by page, without keeping the window waiting.
#pragma once

#include "core/audit.h"
#include "ui/common/workspace.h"

#include <QObject>

namespace punctual::ui
{

class AuditExport : public QObject
{
    Q_OBJECT

public:
    /// Begins at once, and deletes itself when it is finished.
    AuditExport(const Workspace& workspace, const AuditFilter& filter, const QString& path, QObject* parent);

Q_SIGNALS:
    void progressed(qint64 rows);
    /// `problem` is empty if the file is there.
    void finished(qint64 rows, const QString& problem);

private:
    void readOn();
    void take(const Result<std::vector<AuditEntry>>& answer);
    void write();
    void end(const QString& problem);

    const Workspace& m_workspace;
    AuditFilter m_filter;
    QString m_path;
    QByteArray m_csv;
    qint64 m_rows = 0;
};

} // namespace punctual::ui
