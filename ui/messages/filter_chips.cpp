// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/filter_chips.h"

#include "ui/common/icon.h"
#include "ui/common/time_text.h"
#include "ui/common/wording.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace punctual::ui
{

FilterChips::FilterChips(const QTimeZone& zone, QWidget* parent)
    : QWidget(parent)
    , m_zone(zone)
    , m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->addStretch();
    setAccessibleName(tr("Filters"));
    hide();
}

void FilterChips::show(const MessageFilter& filter)
{
    const auto old = findChildren<QToolButton*>();
    for (auto* chip : old) {
        chip->hide();
        chip->deleteLater(); // it may be the one that has just been clicked
        m_layout->removeWidget(chip);
    }
    const auto without = [&filter](auto&& takeAway) {
        MessageFilter rest = filter;
        takeAway(rest);
        return rest;
    };
    if (!filter.tag.isEmpty())
        add(tr("Tag: %1").arg(filter.tag), without([](MessageFilter& rest) { rest.tag.clear(); }));
    if (!filter.key.isEmpty())
        add(tr("Key: %1").arg(filter.key), without([](MessageFilter& rest) { rest.key.clear(); }));
    if (filter.dueAfter || filter.dueBefore)
        add(dueText(filter), without([](MessageFilter& rest) {
                rest.dueAfter.reset();
                rest.dueBefore.reset();
            }));
    if (filter.attemptedAfter || filter.attemptedBefore)
        add(attemptedText(filter), without([](MessageFilter& rest) {
                rest.attemptedAfter.reset();
                rest.attemptedBefore.reset();
            }));
    if (!filter.results.empty())
        add(tr("Attempt came to: %1").arg(resultsText(filter.results)),
            without([](MessageFilter& rest) { rest.results.clear(); }));
    if (!filter.fingerprint.isEmpty())
        add(tr("Failed alike: %1").arg(filter.fingerprint.left(12)),
            without([](MessageFilter& rest) { rest.fingerprint.clear(); }));
    setVisible(m_layout->count() > 1);
}

void FilterChips::add(const QString& text, const MessageFilter& without)
{
    auto* chip = new QToolButton;
    chip->setIcon(lineIcon(QStringLiteral("close")));
    chip->setText(QString(text).replace(u'&', QStringLiteral("&&")));
    chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    chip->setFocusPolicy(Qt::TabFocus);
    chip->setToolTip(tr("Take this filter away"));
    m_layout->insertWidget(m_layout->count() - 1, chip);
    chip->show(); // the layout would do it later
    connect(chip, &QToolButton::clicked, this, [this, without] { Q_EMIT changed(without); });
}

QString FilterChips::dueText(const MessageFilter& filter) const
{
    if (!filter.dueBefore)
        return tr("Due from %1").arg(timeText(*filter.dueAfter, m_zone));
    if (!filter.dueAfter)
        return tr("Due before %1").arg(timeText(*filter.dueBefore, m_zone));
    return tr("Due %1, for %2")
        .arg(timeText(*filter.dueAfter, m_zone), spanText(*filter.dueBefore - *filter.dueAfter));
}

QString FilterChips::attemptedText(const MessageFilter& filter) const
{
    if (!filter.attemptedBefore)
        return tr("Attempt from %1").arg(timeText(*filter.attemptedAfter, m_zone));
    if (!filter.attemptedAfter)
        return tr("Attempt before %1").arg(timeText(*filter.attemptedBefore, m_zone));
    return tr("Attempt %1, for %2")
        .arg(timeText(*filter.attemptedAfter, m_zone),
             spanText(*filter.attemptedBefore - *filter.attemptedAfter));
}

} // namespace punctual::ui
