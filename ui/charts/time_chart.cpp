// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/time_chart.h"

#include "ui/common/time_text.h"

#include <QEvent>
#include <QGraphicsLayout>
#include <QGraphicsLineItem>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QtCharts/QAreaSeries>
#include <QtCharts/QLegend>
#include <QtCharts/QLegendMarker>
#include <QtCharts/QLineSeries>

#include <cmath>

namespace punctual::ui
{

namespace
{

constexpr int nearPixels = 12;

Instant toInstant(double x)
{
    return instantOf(static_cast<qint64>(x * 1000));
}

} // namespace

TimeChart::TimeChart(const QString& name, const QString& unit, std::vector<Line> lines, Growth growth,
                     const QTimeZone& zone, QWidget* parent)
    : QChartView(parent)
    , m_unit(unit)
    , m_lines(std::move(lines))
    , m_zone(zone)
    , m_points(m_lines.size())
    , m_axes(*chart(), growth, zone)
    , m_cursorLine(new QGraphicsLineItem(chart()))
    , m_reading(new QLabel(this))
    , m_note(new QLabel(this))
{
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setBackgroundRoundness(0);
    chart()->setMargins(QMargins(4, 2, 8, 0));
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setLocalizeNumbers(true);
    chart()->legend()->setMarkerShape(QLegend::MarkerShapeFromSeries);
    chart()->legend()->setAlignment(Qt::AlignBottom);
    chart()->legend()->setVisible(m_lines.size() > 1);
    m_cursorLine->setZValue(20);
    m_cursorLine->hide();
    m_reading->setAccessibleName(tr("Values at the cursor"));
    m_reading->setAutoFillBackground(true);
    m_reading->setFrameShape(QFrame::StyledPanel);
    m_reading->setMargin(4);
    m_reading->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_reading->hide();
    m_note->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_note->setAlignment(Qt::AlignCenter);
    m_note->hide();
    makeSeries();
    applyPalette();
}

void TimeChart::makeSeries()
{
    for (const auto& line : m_lines) {
        auto* upper = new QLineSeries;
        QAbstractSeries* series = upper;
        if (line.isFilled) {
            auto* area = new QAreaSeries(upper);
            upper->setParent(area);
            series = area;
        }
        series->setName(line.name);
        chart()->addSeries(series);
        m_axes.attach(*series);
        m_series.push_back(series);
    }
}

QXYSeries* TimeChart::lineAt(std::size_t index) const
{
    auto* area = qobject_cast<QAreaSeries*>(m_series[index]);
    return area != nullptr ? area->upperSeries() : static_cast<QXYSeries*>(m_series[index]);
}

void TimeChart::show(Instant from, Instant until, Duration step, std::vector<Points> points)
{
    Q_ASSERT(points.size() == m_lines.size());
    m_from = from;
    m_until = until;
    m_step = step;
    double most = 0;
    for (auto& line : points)
        for (auto& point : line) {
            point.setY(std::max(point.y(), m_axes.least()));
            most = std::max(most, point.y());
        }
    m_axes.setRange(from, until, most);
    for (std::size_t i = 0; i < points.size(); ++i)
        if (m_points[i] != points[i])
            lineAt(i)->replace(points[i]);
    m_points = std::move(points);
    updateCursor();
}

void TimeChart::setNote(const QString& text)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
    placeLabels();
}

QString TimeChart::reading() const
{
    return m_cursor ? m_reading->text() : QString();
}

int TimeChart::positionOf(Instant moment) const
{
    const QPointF value(toX(moment), m_axes.least());
    return mapFromScene(chart()->mapToScene(chart()->mapToPosition(value, m_series.front()))).x();
}

std::optional<Instant> TimeChart::momentAt(const QPoint& place) const
{
    if (m_until <= m_from)
        return std::nullopt;
    const QPointF inChart = chart()->mapFromScene(mapToScene(place));
    if (!chart()->plotArea().adjusted(-2, 0, 2, 0).contains(inChart))
        return std::nullopt;
    const Instant moment = toInstant(chart()->mapToValue(inChart, m_series.front()).x());
    return m_from + std::max<qint64>((moment - m_from) / m_step, 0) * m_step;
}

std::optional<QPointF> TimeChart::pointAt(std::size_t line, Instant start) const
{
    const Points& points = m_points[line];
    const auto found = std::lower_bound(points.begin(), points.end(), toX(start),
                                        [](const QPointF& point, double x) { return point.x() < x; });
    return found != points.end() && found->x() < toX(start + m_step) ? std::optional(*found) : std::nullopt;
}

QString TimeChart::valueText(double value) const
{
    const int decimals = value >= 100 || value == std::floor(value) ? 0 : value >= 10 ? 1 : 2;
    return QLocale().toString(value, 'f', decimals) + u' ' + m_unit;
}

QString TimeChart::readingAt(Instant start) const
{
    QStringList texts{timeText(std::chrono::floor<std::chrono::seconds>(start), m_zone)};
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        if (const auto point = pointAt(i, start))
            texts << (static_cast<int>(i) == m_line ? QStringLiteral("▸ %1: %2") : QStringLiteral("%1: %2"))
                         .arg(m_lines[i].name, valueText(point->y()));
    return texts.join(u'\n');
}

void TimeChart::moveCursor(std::optional<Instant> moment, int line)
{
    m_cursor = moment;
    m_line = line;
    updateCursor();
}

void TimeChart::moveCursorTo(const QPoint& pointer)
{
    const auto moment = momentAt(pointer);
    moveCursor(moment, moment ? lineNear(pointer, *moment) : -1);
}

void TimeChart::updateCursor()
{
    if (m_cursor && (*m_cursor < m_from || *m_cursor >= m_until))
        m_cursor.reset();
    m_cursorLine->setVisible(m_cursor.has_value());
    m_reading->setVisible(m_cursor.has_value());
    if (!m_cursor)
        return;
    const double x = chart()->mapToPosition(QPointF(toX(*m_cursor), m_axes.most()), m_series.front()).x();
    m_cursorLine->setLine(x, chart()->plotArea().top(), x, chart()->plotArea().bottom());
    m_reading->setText(readingAt(*m_cursor));
    m_reading->adjustSize();
    placeLabels();
    setAccessibleDescription(m_reading->text());
}

void TimeChart::placeLabels()
{
    const QRect plot = mapFromScene(chart()->mapToScene(chart()->plotArea())).boundingRect();
    m_note->setGeometry(plot);
    if (!m_cursor)
        return;
    const int x = positionOf(*m_cursor);
    const bool isRight = x + 10 + m_reading->width() <= width();
    m_reading->move(isRight ? x + 10 : std::max(0, x - 10 - m_reading->width()), std::max(0, plot.top()));
}

int TimeChart::lineNear(const QPoint& place, Instant start) const
{
    int nearest = -1;
    double least = nearPixels;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const auto point = pointAt(i, start);
        if (!point)
            continue;
        const auto at = mapFromScene(chart()->mapToScene(chart()->mapToPosition(*point, m_series[i])));
        if (std::abs(at.y() - place.y()) < least) {
            least = std::abs(at.y() - place.y());
            nearest = static_cast<int>(i);
        }
    }
    return nearest;
}

void TimeChart::choose()
{
    if (m_cursor)
        Q_EMIT chosen(*m_cursor, *m_cursor + m_step, m_line);
}

void TimeChart::mouseMoveEvent(QMouseEvent* event)
{
    QChartView::mouseMoveEvent(event);
    moveCursorTo(event->position().toPoint());
}

void TimeChart::mouseReleaseEvent(QMouseEvent* event)
{
    QChartView::mouseReleaseEvent(event);
    moveCursorTo(event->position().toPoint());
    if (event->button() == Qt::LeftButton)
        choose();
}

void TimeChart::leaveEvent(QEvent* event)
{
    QChartView::leaveEvent(event);
    moveCursor(std::nullopt, -1);
}

void TimeChart::keyPressEvent(QKeyEvent* event)
{
    if (m_until <= m_from)
        return QChartView::keyPressEvent(event);
    const Instant last = m_from + (m_until - m_from - Duration(1)) / m_step * m_step;
    const int lines = static_cast<int>(m_lines.size());
    const auto isKey = [&](Qt::Key key) { return event->key() == key; };
    if (isKey(Qt::Key_Left))
        moveCursor(m_cursor ? std::max(m_from, *m_cursor - m_step) : last, m_line);
    else if (isKey(Qt::Key_Right))
        moveCursor(m_cursor ? std::min(last, *m_cursor + m_step) : m_from, m_line);
    else if (isKey(Qt::Key_Home))
        moveCursor(m_from, m_line);
    else if (isKey(Qt::Key_End))
        moveCursor(last, m_line);
    else if (isKey(Qt::Key_Down) && m_cursor)
        moveCursor(m_cursor, m_line + 1 < lines ? m_line + 1 : -1);
    else if (isKey(Qt::Key_Up) && m_cursor)
        moveCursor(m_cursor, m_line >= 0 ? m_line - 1 : lines - 1);
    else if ((isKey(Qt::Key_Return) || isKey(Qt::Key_Enter)) && m_cursor)
        choose();
    else if (isKey(Qt::Key_Escape) && m_cursor)
        moveCursor(std::nullopt, -1);
    else
        QChartView::keyPressEvent(event);
}

void TimeChart::focusInEvent(QFocusEvent* event)
{
    QChartView::focusInEvent(event);
    viewport()->update();
}

void TimeChart::focusOutEvent(QFocusEvent* event)
{
    QChartView::focusOutEvent(event);
    moveCursor(std::nullopt, -1);
    viewport()->update();
}

void TimeChart::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    updateCursor();
    placeLabels();
}

void TimeChart::paintEvent(QPaintEvent* event)
{
    QChartView::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(viewport());
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
}

void TimeChart::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange)
        applyPalette();
}

void TimeChart::applyPalette()
{
    const QPalette colors = QGuiApplication::palette();
    const QColor text = colors.color(QPalette::Text);
    chart()->setBackgroundBrush(colors.color(QPalette::Base));
    chart()->legend()->setLabelColor(text);
    m_axes.applyPalette(colors);
    m_cursorLine->setPen(QPen(text, 1, Qt::DotLine));
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const QColor color = seriesColor(m_lines[i].color, colors);
        const QPen pen(color, 1.6, m_lines[i].style);
        if (auto* area = qobject_cast<QAreaSeries*>(m_series[i])) {
            QColor fill = color;
            fill.setAlphaF(0.35F);
            area->setPen(pen);
            area->setBrush(fill);
            for (auto* marker : chart()->legend()->markers(area)) {
                marker->setShape(QLegend::MarkerShapeRectangle);
                marker->setBrush(color);
            }
        }
        lineAt(i)->setPen(pen);
    }
}

} // namespace punctual::ui
