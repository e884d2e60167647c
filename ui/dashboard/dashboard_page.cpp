// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/dashboard_page.h"

#include "ui/common/background_file.h"
#include "ui/common/dialogs.h"
#include "ui/common/refresher.h"
#include "ui/common/time_text.h"
#include "ui/common/view_frame.h"
#include "ui/common/wording.h"
#include "ui/dashboard/backlog_panel.h"
#include "ui/dashboard/causes_panel.h"
#include "ui/dashboard/dashboard_bar.h"
#include "ui/dashboard/figures_csv.h"
#include "ui/dashboard/lateness_panel.h"
#include "ui/dashboard/quota_panel.h"
#include "ui/dashboard/stops_panel.h"
#include "ui/dashboard/throughput_panel.h"

#include <QBuffer>
#include <QGridLayout>
#include <QPixmap>

namespace punctual::ui
{

using namespace std::chrono_literals;

DashboardPage::DashboardPage(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_bar(new DashboardBar)
    , m_lateness(new LatenessPanel(workspace.zone))
    , m_quota(new QuotaPanel(workspace.zone))
    , m_panels{new ThroughputPanel(workspace.zone), m_lateness,
               new CausesPanel(workspace.zone),     m_quota,
               new BacklogPanel(workspace.zone),    new StopsPanel(workspace.zone)}
    , m_charts(new QWidget)
    , m_frame(new ViewFrame(m_charts))
    , m_refresher(new Refresher(*this, m_bar->range().refresh, [this] { ask(); }))
{
    layOut();
    connectBar();
    for (const auto* panel : m_panels)
        connect(panel, &ChartPanel::messagesRequested, this, &DashboardPage::messagesRequested);
    connect(m_quota, &QuotaPanel::destinationChosen, this, &DashboardPage::choose);
    connect(m_frame, &ViewFrame::retryRequested, this, &DashboardPage::refresh);
    connect(m_refresher, &Refresher::late, this,
            [this] { m_frame->showError(tr("The database is slow to answer.")); });
}

DashboardPage::~DashboardPage() = default;

void DashboardPage::layOut()
{
    auto* grid = new QGridLayout(m_charts);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(8);
    for (int i = 0; i < static_cast<int>(m_panels.size()); ++i)
        grid->addWidget(m_panels[static_cast<std::size_t>(i)], i / 2, i % 2);
    for (int row = 0; row < 3; ++row)
        grid->setRowStretch(row, 1);
    for (int column = 0; column < 2; ++column)
        grid->setColumnStretch(column, 1);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_bar);
    layout->addWidget(m_frame, 1);
}

void DashboardPage::connectBar()
{
    connect(m_bar, &DashboardBar::rangeChanged, this, [this] {
        m_refresher->setDistance(m_bar->range().refresh);
        choose();
    });
    connect(m_bar, &DashboardBar::objectiveChanged, this, [this] {
        m_lateness->setObjective(m_bar->objective());
        if (m_figures)
            m_lateness->show(*m_figures);
    });
    connect(m_bar, &DashboardBar::pauseToggled, this, &DashboardPage::setPaused);
    connect(m_bar, &DashboardBar::imageRequested, this, &DashboardPage::saveImage);
    connect(m_bar, &DashboardBar::tableRequested, this, &DashboardPage::saveTable);
    connect(m_bar, &DashboardBar::fullScreenRequested, this, &DashboardPage::fullScreenRequested);
}

void DashboardPage::refresh()
{
    m_refresher->refresh();
}

/// The charts never contradict what is chosen, not even while they are paused.
void DashboardPage::choose()
{
    m_isWanted = true;
    m_refresher->refreshOnce();
}

void DashboardPage::setKiosk(bool kiosk)
{
    m_bar->setVisible(!kiosk);
}

const QList<QAction*>& DashboardPage::commands() const
{
    return m_bar->commands();
}

QString DashboardPage::saveSettings() const
{
    return m_bar->settings();
}

void DashboardPage::restoreSettings(const QString& settings)
{
    m_bar->setSettings(settings);
}

void DashboardPage::ask()
{
    const FigureSteps steps{.span = m_bar->range().span,
                            .step = m_bar->range().step,
                            .quotaOf = m_quota->destination(),
                            .hoursAhead = 24};
    m_workspace.client.figures(m_workspace.actor, steps, this,
                               [this](const Result<Figures>& answer) { take(answer); });
}

void DashboardPage::take(const Result<Figures>& answer)
{
    m_refresher->answered();
    if (m_bar->isPaused() && !m_isWanted)
        return; // it was on its way
    if (!answer) {
        m_frame->showError(errorText(answer.error()));
        return;
    }
    if (answer->steps.span != m_bar->range().span || answer->steps.quotaOf != m_quota->destination())
        return; // something else was chosen meanwhile; it is asked for already
    m_isWanted = false;
    m_figures = *answer;
    showFigures();
    if (m_bar->isPaused())
        tellPause();
}

void DashboardPage::showFigures()
{
    for (auto* panel : m_panels)
        panel->show(*m_figures);
    m_frame->showContent();
}

void DashboardPage::setPaused(bool paused)
{
    m_refresher->setPaused(paused);
    if (paused)
        tellPause();
    else
        m_bar->setResult({}, true);
}

void DashboardPage::tellPause()
{
    const Instant at =
        std::chrono::floor<std::chrono::seconds>(m_figures ? m_figures->now : m_workspace.clock.now());
    m_bar->setResult(tr("Paused at %1").arg(clockText(at, m_workspace.zone)), true);
}

void DashboardPage::saveImage()
{
    const QImage image = m_charts->grab().toImage();
    save(tr("Save the charts"), QStringLiteral("png"), [image] {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        image.save(&buffer, "PNG");
        return bytes;
    });
}

void DashboardPage::saveTable()
{
    if (m_figures)
        save(tr("Save the figures"), QStringLiteral("csv"),
             [figures = *m_figures] { return csvOf(figures); });
}

void DashboardPage::save(const QString& title, const QString& ending, std::function<QByteArray()> make)
{
    const QString name = QStringLiteral("punctual-%1.%2")
                             .arg(toDateTime(m_workspace.clock.now())
                                      .toTimeZone(m_workspace.zone)
                                      .toString(QStringLiteral("yyyyMMdd-HHmmss")),
                                  ending);
    const QString filter = QStringLiteral("%1 (*.%2)").arg(ending.toUpper(), ending);
    m_workspace.dialogs.askForFile(
        window(), {title, name, filter}, [this, make = std::move(make)](const QString& path) {
            writeInBackground(path, make, this, [this, path](const QString& problem) {
                m_bar->setResult(problem.isEmpty() ? tr("Saved as %1").arg(path)
                                                   : tr("Not saved: %1").arg(problem),
                                 problem.isEmpty());
            });
        });
}

} // namespace punctual::ui
