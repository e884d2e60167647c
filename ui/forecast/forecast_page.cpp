// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forecast/forecast_page.h"

#include "ui/common/offer.h"
#include "ui/common/refresher.h"
#include "ui/common/table_look.h"
#include "ui/common/time_text.h"
#include "ui/common/tone_label.h"
#include "ui/common/view_frame.h"
#include "ui/common/wording.h"
#include "ui/forecast/delay_legend.h"
#include "ui/forecast/heat_map.h"
#include "ui/operations/bulk_dialog.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

constexpr int mostMessages = 50; // of a cell; the page of messages shows all

} // namespace

ForecastPage::ForecastPage(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_model(workspace.zone)
    , m_messages(workspace.zone)
    , m_range(new QComboBox)
    , m_warnings(new ToneLabel(Tone::Warning))
    , m_map(new HeatMap(m_model, workspace.zone))
    , m_frame(new ViewFrame(m_map))
    , m_reading(new QLabel)
    , m_table(new QTableView)
    , m_noMessages(new QLabel)
    , m_show(new QPushButton(tr("Sho&w these messages")))
    , m_spread(new QPushButton(tr("&Spread them…")))
    , m_refresher(new Refresher(*this, 10s, [this] { ask(); }))
{
    for (const int days : {10, 3, 1})
        m_range->addItem(tr("The next %n day(s)", nullptr, days), days * 24);
    layOut();
    m_pause.setSingleShot(true);
    m_pause.setInterval(200ms);
    connect(&m_pause, &QTimer::timeout, this, &ForecastPage::readMessages);
    connect(m_range, &QComboBox::currentIndexChanged, this, &ForecastPage::refresh);
    connect(m_map, &HeatMap::cellReached, this, &ForecastPage::reach);
    connect(m_map, &QTableView::activated, m_show, &QPushButton::click);
    connect(m_show, &QPushButton::clicked, this, [this] { Q_EMIT messagesRequested(filterOfCell()); });
    connect(m_spread, &QPushButton::clicked, this, &ForecastPage::spread);
    connect(m_frame, &ViewFrame::retryRequested, this, &ForecastPage::refresh);
    connect(m_refresher, &Refresher::late, this,
            [this] { m_frame->showError(tr("The database is slow to answer.")); });
    connect(&workspace.rights, &Rights::changed, this, &ForecastPage::showCell);
    showCell();
}

void ForecastPage::layOut()
{
    auto* label = new QLabel(tr("&Range:"));
    label->setBuddy(m_range);
    m_range->setAccessibleName(tr("Range of the forecast"));
    auto* bar = new QHBoxLayout;
    bar->addWidget(label);
    bar->addWidget(m_range);
    bar->addStretch();
    m_warnings->setAccessibleName(tr("Quota"));
    m_warnings->hide();
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(bar);
    layout->addWidget(m_warnings);
    layout->addWidget(m_frame, 3);
    layout->addWidget(new DelayLegend);
    layout->addWidget(makeCell(), 2);
}

QWidget* ForecastPage::makeCell()
{
    m_reading->setAccessibleName(tr("The hour that is chosen"));
    m_reading->setTextFormat(Qt::PlainText);
    m_reading->setWordWrap(true);
    m_table->setModel(&m_messages);
    m_table->setAccessibleName(tr("Messages of the hour"));
    makeDense(*m_table, {34, 12, 16, 16, 22});
    m_noMessages->setAlignment(Qt::AlignCenter);
    m_spread->setToolTip(tr("Moves what is due in this hour so that it leaves evenly over a longer time"));
    auto* top = new QHBoxLayout;
    top->addWidget(m_reading, 1);
    top->addWidget(m_show);
    top->addWidget(m_spread);
    auto* cell = new QWidget;
    auto* layout = new QVBoxLayout(cell);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_noMessages, 1);
    return cell;
}

void ForecastPage::refresh()
{
    m_refresher->refresh();
}

void ForecastPage::ask()
{
    const int hours = m_range->currentData().toInt();
    m_workspace.client.forecasts(m_workspace.actor, std::nullopt, hours, this,
                                 [this, hours](const Result<std::vector<Forecast>>& answer) {
                                     m_refresher->answered();
                                     if (hours == m_range->currentData().toInt())
                                         take(answer); // else another range was chosen meanwhile
                                 });
}

void ForecastPage::take(const Result<std::vector<Forecast>>& answer)
{
    if (!answer) {
        m_frame->showError(errorText(answer.error()));
        return;
    }
    m_model.show(*answer);
    if (m_model.rowCount() == 0)
        m_frame->showEmpty(tr("There are no destinations yet."));
    else
        m_frame->showContent();
    const QModelIndex cell = m_model.indexOf(m_destination, m_hour);
    if (cell.isValid())
        m_map->setCurrentIndex(cell);
    else
        m_destination.clear();
    showWarnings();
    showCell();
}

void ForecastPage::showWarnings()
{
    QStringList warnings;
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (const auto& forecast = m_model.destinationAt(row); forecast.quotaRunsOutAt)
            warnings << tr("The quota of %1 runs out %2 (%3).")
                            .arg(forecast.destination,
                                 relativeText(*forecast.quotaRunsOutAt, m_workspace.clock.now()),
                                 timeText(std::chrono::floor<std::chrono::seconds>(*forecast.quotaRunsOutAt),
                                          m_workspace.zone));
    m_warnings->setText(warnings.join(u' '));
    m_warnings->setVisible(!warnings.isEmpty());
}

void ForecastPage::reach(const QModelIndex& index)
{
    const QString destination = m_model.destinationAt(index.row()).destination;
    const Hour hour = m_model.hourOf(index.column());
    if (destination == m_destination && hour == m_hour)
        return; // the figures are new, the cell is the same
    m_destination = destination;
    m_hour = hour;
    m_messages.show({});
    showCell();
    m_pause.start();
}

void ForecastPage::showCell()
{
    const QModelIndex cell = m_model.indexOf(m_destination, m_hour);
    const qint64 due = cell.isValid() ? m_model.at(cell).due : 0;
    m_reading->setText(cell.isValid() ? m_model.reading(cell) : QString());
    m_show->setEnabled(due > 0);
    offer(*m_spread, m_workspace.rights, Right::RunOperations, due > 1,
          tr("Nothing is there that could be spread."));
    m_table->setVisible(due > 0);
    m_noMessages->setVisible(due == 0);
    m_noMessages->setText(cell.isValid() ? tr("Nothing is due in this hour.")
                                         : tr("Choose an hour with the arrow keys or a click."));
}

MessageFilter ForecastPage::filterOfCell() const
{
    MessageFilter filter{.states = {MessageState::Scheduled, MessageState::Retrying},
                         .destination = m_destination,
                         .dueBefore = m_hour + 1h};
    if (m_model.columnCount() > 0 && m_hour != m_model.hourOf(0))
        filter.dueAfter = m_hour; // the first hour has what was due before as well
    return filter;
}

void ForecastPage::readMessages()
{
    if (m_destination.isEmpty())
        return;
    m_workspace.client.list(
        m_workspace.actor, filterOfCell(), std::nullopt, mostMessages, this,
        [this, destination = m_destination, hour = m_hour](const Result<MessagePage>& answer) {
            if (destination == m_destination && hour == m_hour)
                takeMessages(answer);
        });
}

void ForecastPage::takeMessages(const Result<MessagePage>& answer)
{
    if (answer) {
        m_messages.show(answer->items);
        return;
    }
    m_table->hide();
    m_noMessages->setText(errorText(answer.error()));
    m_noMessages->show();
}

void ForecastPage::spread()
{
    const QModelIndex cell = m_model.indexOf(m_destination, m_hour);
    if (!cell.isValid())
        return;
    const Instant begin =
        std::max<Instant>(m_hour, std::chrono::ceil<std::chrono::seconds>(m_workspace.clock.now()));
    // As long as the destination takes for them.
    const Duration span = std::chrono::ceil<std::chrono::hours>(1h + m_model.at(cell).delay);
    auto* dialog = new BulkDialog(
        m_workspace,
        {.action = OperationAction::Reschedule, .filter = filterOfCell(), .dueAt = begin, .spread = span},
        window());
    connect(dialog, &BulkDialog::progressed, this, [this] {
        refresh();
        readMessages();
    });
    dialog->open();
}

} // namespace punctual::ui
