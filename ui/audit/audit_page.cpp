// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/audit_page.h"

#include "ui/audit/audit_export.h"
#include "ui/audit/audit_filter_bar.h"
#include "ui/audit/change_text.h"
#include "ui/audit/seal_check.h"
#include "ui/common/dialogs.h"
#include "ui/common/icon.h"
#include "ui/common/json_form.h"
#include "ui/common/refresher.h"
#include "ui/common/table_look.h"
#include "ui/common/tone_label.h"
#include "ui/common/view_frame.h"
#include "ui/common/wording.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLocale>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

constexpr int pageSize = 200;

} // namespace

AuditPage::AuditPage(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(workspace.zone)
    , m_filters(new AuditFilterBar(workspace.clock, workspace.zone))
    , m_export(new QToolButton)
    , m_result(new ToneLabel(Tone::Neutral))
    , m_table(new QTableView)
    , m_before(makeText(tr("Before")))
    , m_after(makeText(tr("After")))
    , m_frame(new ViewFrame(m_table))
    , m_refresher(new Refresher(*this, 5s, [this] { ask(); }))
{
    layOut();
    connect(m_filters, &AuditFilterBar::filterChanged, this, &AuditPage::applyFilter);
    connect(m_export, &QToolButton::clicked, this, &AuditPage::askForFile);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &AuditPage::takeSelection);
    connect(&m_model, &AuditModel::modelReset, this, &AuditPage::takeSelection);
    connect(&m_model, &AuditModel::moreWanted, this, &AuditPage::readMore);
    connect(m_frame, &ViewFrame::retryRequested, this, &AuditPage::refresh);
    connect(m_refresher, &Refresher::late, this,
            [this] { m_frame->showError(tr("The database is slow to answer.")); });
}

QPlainTextEdit* AuditPage::makeText(const QString& name)
{
    auto* text = new QPlainTextEdit;
    text->setReadOnly(true);
    text->setTabChangesFocus(true);
    text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text->setAccessibleName(name);
    return text;
}

void AuditPage::layOut()
{
    m_export->setIcon(lineIcon(QStringLiteral("export")));
    m_export->setText(tr("E&xport CSV…"));
    m_export->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_export->setFocusPolicy(Qt::TabFocus);
    m_export->setToolTip(tr("Saves all rows that fit the filter"));
    m_result->setAccessibleName(tr("Result"));
    m_result->hide();
    m_table->setModel(&m_model);
    m_table->setAccessibleName(tr("Audit"));
    makeDense(*m_table, {34, 16, 13, 48, 16, 32});
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_filters, 1);
    bar->addWidget(m_export);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_frame);
    splitter->addWidget(makeChanges());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({500, 200}); // a change is short, the list is long
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(bar);
    layout->addWidget(m_result);
    layout->addWidget(splitter, 1);
    layout->addWidget(new SealCheck(m_workspace));
}

QWidget* AuditPage::makeChanges()
{
    auto* changes = new QWidget;
    auto* layout = new QHBoxLayout(changes);
    layout->setContentsMargins(0, 0, 0, 0);
    for (auto* text : {m_before, m_after}) {
        auto* column = new QVBoxLayout;
        column->addWidget(new QLabel(text->accessibleName()));
        column->addWidget(text);
        layout->addLayout(column);
    }
    return changes;
}

void AuditPage::refresh()
{
    m_refresher->refresh();
}

void AuditPage::applyFilter()
{
    ++m_filterNumber;
    m_model.clear();
    m_frame->showLoading();
    refresh();
}

void AuditPage::ask()
{
    m_workspace.client.audit(m_workspace.actor, m_filters->filter(), pageSize, this,
                             [this, number = m_filterNumber](const Result<std::vector<AuditEntry>>& answer) {
                                 m_refresher->answered();
                                 if (number == m_filterNumber)
                                     take(answer);
                             });
}

void AuditPage::take(const Result<std::vector<AuditEntry>>& answer)
{
    if (!answer) {
        m_frame->showError(errorText(answer.error()));
        return;
    }
    m_model.show(*answer, pageSize);
    m_export->setEnabled(m_model.rowCount() > 0);
    if (m_model.rowCount() == 0)
        m_frame->showEmpty(tr("Nothing in the audit fits this filter. Texts are compared whole."));
    else
        m_frame->showContent();
}

void AuditPage::readMore(qint64 beforeId)
{
    AuditFilter filter = m_filters->filter();
    filter.beforeId = beforeId;
    m_workspace.client.audit(
        m_workspace.actor, filter, pageSize, this,
        [this, beforeId, number = m_filterNumber](const Result<std::vector<AuditEntry>>& answer) {
            if (number != m_filterNumber)
                return;
            if (answer)
                m_model.append(beforeId, *answer, pageSize);
            else
                m_model.readingFailed();
        });
}

void AuditPage::takeSelection()
{
    const auto rows = m_table->selectionModel()->selectedRows();
    const auto textOf = [](const QJsonValue& value) { return QString::fromUtf8(indented(jsonText(value))); };
    m_before->setPlainText(rows.isEmpty() ? QString() : textOf(m_model.at(rows.front().row()).before));
    m_after->setPlainText(rows.isEmpty() ? QString() : textOf(m_model.at(rows.front().row()).after));
}

void AuditPage::askForFile()
{
    const QString name = QStringLiteral("punctual-audit-%1.csv")
                             .arg(toDateTime(m_workspace.clock.now())
                                      .toTimeZone(m_workspace.zone)
                                      .toString(QStringLiteral("yyyyMMdd-HHmmss")));
    m_workspace.dialogs.askForFile(window(), {tr("Export the audit"), name, QStringLiteral("CSV (*.csv)")},
                                   [this](const QString& path) { exportTo(path); });
}

void AuditPage::exportTo(const QString& path)
{
    m_export->setEnabled(false);
    m_result->setTone(Tone::Neutral);
    m_result->setText(tr("Exporting…"));
    m_result->show();
    auto* running = new AuditExport(m_workspace, m_filters->filter(), path, this);
    connect(running, &AuditExport::progressed, this, [this](qint64 rows) {
        m_result->setText(tr("Exporting: %1 rows so far…").arg(QLocale().toString(rows)));
    });
    connect(running, &AuditExport::finished, this, [this, path](qint64 rows, const QString& problem) {
        m_export->setEnabled(true);
        m_result->setTone(problem.isEmpty() ? Tone::Good : Tone::Bad);
        m_result->setText(problem.isEmpty() ? tr("%1 rows saved as %2").arg(QLocale().toString(rows), path)
                                            : tr("Not saved: %1").arg(problem));
    });
}

} // namespace punctual::ui
