// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/due_strip.h"

#include "core/forecast.h"
#include "ui/common/letter_width.h"
#include "ui/common/offer.h"
#include "ui/common/state_color.h"
#include "ui/common/time_text.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <array>

namespace punctual::ui
{

using namespace std::chrono_literals;

namespace
{

constexpr int margin = 14;
constexpr int reach = 8; // of the mouse around the mark

} // namespace

const DueStrip::Scale& DueStrip::scaleFor(Duration ahead)
{
    static constexpr std::array scales{
        Scale{24h, 5min, 3h},         Scale{72h, 15min, 12h},          Scale{240h, 1h, 24h},
        Scale{30 * 24h, 6h, 5 * 24h}, Scale{366 * 24h, 24h, 61 * 24h},
    };
    const auto fits = std::find_if(scales.begin(), scales.end(),
                                   [ahead](const Scale& scale) { return ahead <= scale.length * 4 / 5; });
    return fits == scales.end() ? scales.back() : *fits;
}

DueStrip::DueStrip(const Workspace& workspace, QWidget* parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_scale(&scaleFor({}))
{
    setAccessibleName(tr("Due time on a strip of hours"));
    setMouseTracking(true);
    setFocusPolicy(Qt::ClickFocus); // so that Esc reaches it
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&workspace.rights, &Rights::changed, this, &DueStrip::offer);
    offer();
    clear();
}

void DueStrip::clear()
{
    m_id = {};
    m_drawn.reset();
    m_load.clear();
    hide();
}

/// While the mouse holds the mark, the strip stays as it is.
void DueStrip::show(const Message& message)
{
    if (!isWaiting(message.state)) {
        clear();
        return;
    }
    if (m_drawn && m_id == message.id)
        return;
    const Instant begin = std::chrono::floor<std::chrono::hours>(m_workspace.clock.now());
    const Scale& scale = scaleFor(message.dueAt - begin);
    const bool isOther = m_id != message.id || begin != m_begin || &scale != m_scale;
    m_drawn.reset();
    m_id = message.id;
    m_destination = message.destination;
    m_due = message.dueAt;
    m_begin = begin;
    m_scale = &scale;
    if (isOther)
        askForLoad();
    offer();
    QWidget::show();
    update();
}

void DueStrip::offer()
{
    const QString refused = m_workspace.rights.whyNot(Right::Reschedule);
    setEnabled(refused.isEmpty());
    setToolTip(refused.isEmpty()
                   ? tr("Drag the mark to another time to reschedule; Esc leaves it where it is")
                   : refused);
}

void DueStrip::askForLoad()
{
    m_load.clear();
    const auto hours = std::min<std::chrono::hours>(
        std::chrono::duration_cast<std::chrono::hours>(m_scale->length), longestForecast);
    m_workspace.client.forecasts(m_workspace.actor, m_destination, static_cast<int>(hours.count()), this,
                                 [this, id = m_id](const Result<std::vector<Forecast>>& answer) {
                                     if (id != m_id || !answer || answer->empty())
                                         return; // it is there without the load as well
                                     m_load = answer->front().hours;
                                     update();
                                 });
}

int DueStrip::xOf(Instant instant) const
{
    const double share =
        static_cast<double>((instant - m_begin).count()) / static_cast<double>(m_scale->length.count());
    return margin + static_cast<int>(std::clamp(share, 0.0, 1.0) * (width() - 2 * margin));
}

/// Never what is past: nothing can be scheduled there.
Instant DueStrip::instantAt(int x) const
{
    const double share = std::clamp(
        static_cast<double>(x - margin) / static_cast<double>(std::max(1, width() - 2 * margin)), 0.0, 1.0);
    const auto steps =
        static_cast<qint64>(share * static_cast<double>(m_scale->length / m_scale->step) + 0.5);
    const Instant earliest = std::chrono::ceil<std::chrono::minutes>(m_workspace.clock.now());
    return std::max<Instant>(earliest, m_begin + steps * m_scale->step);
}

bool DueStrip::isOnMark(int x) const
{
    return std::abs(x - xOf(m_due)) <= reach;
}

QSize DueStrip::sizeHint() const
{
    return {letterWidth(fontMetrics()) * 60, fontMetrics().height() * 3 + 26};
}

QSize DueStrip::minimumSizeHint() const
{
    return {letterWidth(fontMetrics()) * 24, sizeHint().height()};
}

void DueStrip::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !isOnMark(event->pos().x()))
        return QWidget::mousePressEvent(event);
    m_drawn = m_due;
    update();
}

void DueStrip::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(m_drawn || isOnMark(event->pos().x()) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    if (!m_drawn)
        return;
    m_drawn = instantAt(event->pos().x());
    update();
}

void DueStrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_drawn)
        return QWidget::mouseReleaseEvent(event);
    const Instant wanted = *m_drawn;
    m_drawn.reset();
    update();
    if (wanted != m_due)
        Q_EMIT rescheduleRequested(m_id, wanted);
}

void DueStrip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape || !m_drawn)
        return QWidget::keyPressEvent(event);
    m_drawn.reset();
    update();
}

int DueStrip::baseLine() const
{
    return height() - fontMetrics().height() - 8;
}

void DueStrip::paintEvent(QPaintEvent* /*event*/)
{
    if (m_id.isNull())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawLoad(painter);
    drawTicks(painter);
    if (m_drawn && *m_drawn != m_due)
        drawMark(painter, m_due, false);
    drawMark(painter, m_drawn.value_or(m_due), true);
}

/// The highest hour fills half of the room.
void DueStrip::drawLoad(QPainter& painter) const
{
    qint64 most = 1;
    for (const auto& hour : m_load)
        most = std::max(most, hour.due);
    QColor color = toneColor(Tone::Waiting, palette());
    color.setAlphaF(0.3F);
    for (const auto& hour : m_load) {
        const int from = xOf(hour.hour);
        const auto high = static_cast<int>(hour.due * baseLine() / 2 / most);
        painter.fillRect(QRect(from, baseLine() - high, std::max(1, xOf(hour.hour + 1h) - from - 1), high),
                         color);
    }
}

void DueStrip::drawTicks(QPainter& painter) const
{
    const QColor quiet = toneColor(Tone::Neutral, palette());
    painter.setPen(quiet);
    painter.drawLine(margin, baseLine(), width() - margin, baseLine());
    const bool areDays = m_scale->tick >= 24h;
    int free = 0; // of words, from here on
    for (Instant at = m_begin; at <= m_begin + m_scale->length; at += m_scale->tick) {
        const int x = xOf(at);
        painter.drawLine(x, baseLine(), x, baseLine() + 4);
        const auto local = QDateTime::fromMSecsSinceEpoch(
            std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count(), m_workspace.zone);
        const QString text = areDays ? QLocale().toString(local.date(), QLocale::ShortFormat)
                                     : QLocale().toString(local.time(), QLocale::ShortFormat);
        const int half = fontMetrics().horizontalAdvance(text) / 2;
        const int left = std::clamp(x - half, 0, std::max(0, width() - 2 * half));
        if (left < free)
            continue;
        painter.drawText(left, baseLine() + 6 + fontMetrics().ascent(), text);
        free = left + 2 * half + 8;
    }
}

/// What was is an outline; what is, or would be, has its time beside it.
void DueStrip::drawMark(QPainter& painter, Instant at, bool isNew) const
{
    const QColor color = toneColor(m_drawn && isNew ? Tone::Busy : Tone::Waiting, palette());
    const int x = xOf(at);
    const int top = fontMetrics().height() + 4;
    painter.setPen(QPen(color, isNew ? 2 : 1, isNew ? Qt::SolidLine : Qt::DashLine));
    painter.drawLine(x, top, x, baseLine());
    painter.setBrush(isNew ? QBrush(color) : palette().brush(QPalette::Base));
    painter.drawPolygon(QPolygon({QPoint(x - 6, top), QPoint(x + 6, top), QPoint(x, top + 8)}));
    if (!isNew)
        return;
    const QString text = tr("%1 (%2)", "time and how far it is")
                             .arg(timeText(std::chrono::floor<std::chrono::seconds>(at), m_workspace.zone),
                                  relativeText(at, m_workspace.clock.now()));
    const int wide = fontMetrics().horizontalAdvance(text);
    painter.drawText(std::clamp(x - wide / 2, 0, std::max(0, width() - wide)), fontMetrics().ascent() + 1,
                     text);
}

} // namespace punctual::ui
