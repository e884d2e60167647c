// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboard/dashboard_bar.h"

#include "core/lateness.h"
#include "ui/common/icon.h"
#include "ui/common/label_for.h"
#include "ui/common/tone_label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QToolButton>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

QToolButton* toolButton(const QString& icon, const QString& text, const QString& hint)
{
    auto* button = new QToolButton;
    button->setIcon(lineIcon(icon));
    button->setText(text);
    button->setToolTip(hint);
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

DashboardBar::DashboardBar(QWidget* parent)
    : QWidget(parent)
    , m_range(new QComboBox)
    , m_objective(new QComboBox)
    , m_result(new ToneLabel(Tone::Neutral))
    , m_pause(toolButton(QStringLiteral("pause"), tr("&Pause"), tr("Keep the charts as they are")))
    , m_export(toolButton(QStringLiteral("export"), tr("E&xport"), tr("Save what is shown")))
    , m_fullScreen(
          toolButton(QStringLiteral("fullscreen"), tr("Full scree&n"), tr("Only the charts; Esc leaves it")))
{
    m_objective->setToolTip(tr("99 of 100 messages shall leave within this time after they are due"));
    m_result->setAccessibleName(tr("Result"));
    m_result->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_result->setWordWrap(false);
    fill();
    makeButtons();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(labelFor(m_range, tr("La&st")));
    layout->addWidget(m_range);
    layout->addSpacing(8);
    layout->addWidget(labelFor(m_objective, tr("&Objective, 99 of 100 within")));
    layout->addWidget(m_objective);
    m_range->setAccessibleName(tr("Range"));
    m_objective->setAccessibleName(tr("Objective"));
    layout->addSpacing(8);
    layout->addWidget(m_result, 1);
    layout->addWidget(m_pause);
    layout->addWidget(m_export);
    layout->addWidget(m_fullScreen);
    connect(m_range, &QComboBox::currentIndexChanged, this, &DashboardBar::rangeChanged);
    connect(m_objective, &QComboBox::currentIndexChanged, this, &DashboardBar::objectiveChanged);
}

void DashboardBar::fill()
{
    for (const auto& range : timeRanges)
        m_range->addItem(rangeName(range));
    const QLocale locale;
    for (const qint64 bound : LatenessHistogram::bounds)
        if (Duration(bound) >= 1ms && Duration(bound) <= 60s)
            m_objective->addItem(tr("%1 ms").arg(locale.toString(static_cast<double>(bound) / 1000, 'g', 6)),
                                 bound);
    m_objective->setCurrentIndex(m_objective->findData(qint64(5'000)));
}

void DashboardBar::makeButtons()
{
    m_pause->setCheckable(true);
    connect(m_pause, &QToolButton::toggled, this, &DashboardBar::pauseToggled);
    connect(m_fullScreen, &QToolButton::clicked, this, &DashboardBar::fullScreenRequested);
    auto* pause = new QAction(m_pause->icon(), tr("&Pause the charts"), this);
    pause->setCheckable(true);
    connect(pause, &QAction::toggled, m_pause, &QToolButton::setChecked);
    connect(m_pause, &QToolButton::toggled, pause, &QAction::setChecked);
    auto* menu = new QMenu(m_export);
    auto* image = menu->addAction(m_export->icon(), tr("As an &image (PNG)…"));
    connect(image, &QAction::triggered, this, &DashboardBar::imageRequested);
    auto* table = menu->addAction(m_export->icon(), tr("As a &table (CSV)…"));
    connect(table, &QAction::triggered, this, &DashboardBar::tableRequested);
    m_commands = {pause, image, table};
    m_export->setMenu(menu);
    m_export->setPopupMode(QToolButton::InstantPopup);
}

const TimeRange& DashboardBar::range() const
{
    return timeRanges.at(static_cast<std::size_t>(m_range->currentIndex()));
}

Duration DashboardBar::objective() const
{
    return Duration(m_objective->currentData().toLongLong());
}

bool DashboardBar::isPaused() const
{
    return m_pause->isChecked();
}

QString DashboardBar::settings() const
{
    return toText(range().span) + u' ' + QString::number(objective().count());
}

void DashboardBar::setSettings(const QString& settings)
{
    for (std::size_t i = 0; i < timeRanges.size(); ++i)
        if (toText(timeRanges[i].span) == settings.section(u' ', 0, 0))
            m_range->setCurrentIndex(static_cast<int>(i));
    const int objective = m_objective->findData(settings.section(u' ', 1, 1).toLongLong());
    if (objective >= 0)
        m_objective->setCurrentIndex(objective);
}

void DashboardBar::setResult(const QString& text, bool worked)
{
    m_result->setTone(worked ? Tone::Neutral : Tone::Bad);
    m_result->setText(text);
}

} // namespace punctual::ui
