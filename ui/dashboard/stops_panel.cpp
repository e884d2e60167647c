// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/stops_panel.h"

#include "ui/common/table_look.h"
#include "ui/common/tone_label.h"

#include <QStackedLayout>
#include <QTableView>

namespace punctual::ui
{

StopsPanel::StopsPanel(const QTimeZone& zone, QWidget* parent)
    : ChartPanel(tr("Breakers and pauses"), QString(), parent)
    , m_model(zone)
    , m_table(new QTableView)
    , m_none(new QLabel(tr("Nothing stands still: every destination may send.")))
    , m_looks(new QStackedLayout)
{
    m_table->setModel(&m_model);
    m_table->setAccessibleName(tr("Breakers and pauses"));
    m_table->setFrameShape(QFrame::NoFrame);
    makeDense(*m_table, {15, 18, 24});
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setWordWrap(true);
    auto* content = new QWidget;
    content->setLayout(m_looks);
    m_looks->addWidget(m_none);
    m_looks->addWidget(m_table);
    setContent(content);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT messagesRequested({.destination = m_model.at(index.row()).destination});
    });
}

void StopsPanel::show(const Figures& figures)
{
    std::vector<Stop> stops;
    for (const auto& destination : figures.destinations)
        for (auto& stop : stopsOf(destination, figures.now))
            stops.push_back(std::move(stop));
    summary().setTone(stops.empty() ? Tone::Good : Tone::Warning);
    summary().setText(tr("%n destination(s)", nullptr, static_cast<int>(figures.destinations.size())) +
                      QStringLiteral(", ") + tr("%n stop(s)", nullptr, static_cast<int>(stops.size())));
    m_looks->setCurrentIndex(stops.empty() ? 0 : 1);
    m_model.show(std::move(stops), figures.now);
}

} // namespace punctual::ui
