// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/chart_panel.h"

#include "ui/common/tone_label.h"

#include <QHBoxLayout>

namespace punctual::ui
{

ChartPanel::ChartPanel(const QString& heading, const QString& unit, QWidget* parent)
    : QFrame(parent)
    , m_heading(new QHBoxLayout)
    , m_summary(new ToneLabel(Tone::Neutral))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto* name = new QLabel(heading);
    QFont bold = font();
    bold.setBold(true);
    name->setFont(bold);
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_summary->setAccessibleName(heading);
    m_heading->setContentsMargins(8, 0, 8, 0);
    m_heading->setSpacing(10);
    m_heading->addWidget(name);
    if (!unit.isEmpty())
        m_heading->addWidget(new QLabel(unit));
    m_heading->addWidget(m_summary, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 6, 2, 4);
    layout->setSpacing(2);
    layout->addLayout(m_heading);
}

void ChartPanel::setContent(QWidget* content)
{
    layout()->addWidget(content);
    static_cast<QVBoxLayout*>(layout())->setStretchFactor(content, 1);
}

void ChartPanel::addToHeading(QWidget* widget)
{
    m_heading->insertWidget(m_heading->count() - 1, widget);
}

} // namespace punctual::ui
