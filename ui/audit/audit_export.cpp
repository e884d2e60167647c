// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/audit_export.h"

#include "ui/audit/audit_csv.h"
#include "ui/common/background_file.h"
#include "ui/common/wording.h"

namespace punctual::ui
{

namespace
{

constexpr int rowsAtOnce = 500; // a few milliseconds to word

} // namespace

AuditExport::AuditExport(const Workspace& workspace, const AuditFilter& filter, const QString& path,
                         QObject* parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_filter(filter)
    , m_path(path)
    , m_csv(csvHeaderOfAudit())
{
    readOn();
}

void AuditExport::readOn()
{
    m_workspace.client.audit(m_workspace.actor, m_filter, rowsAtOnce, this,
                             [this](const Result<std::vector<AuditEntry>>& answer) { take(answer); });
}

void AuditExport::take(const Result<std::vector<AuditEntry>>& answer)
{
    if (!answer) {
        end(errorText(answer.error()));
        return;
    }
    m_csv += csvOf(*answer);
    m_rows += static_cast<qint64>(answer->size());
    Q_EMIT progressed(m_rows);
    if (answer->size() < rowsAtOnce) {
        write();
        return;
    }
    m_filter.beforeId = answer->back().id;
    readOn();
}

void AuditExport::write()
{
    writeInBackground(
        m_path, [csv = std::move(m_csv)] { return csv; }, this,
        [this](const QString& problem) { end(problem); });
}

void AuditExport::end(const QString& problem)
{
    Q_EMIT finished(m_rows, problem);
    deleteLater();
}

} // namespace punctual::ui
