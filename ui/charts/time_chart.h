// SPDX-License-Identifier: GPL-3.0-or-later
// Lines over time. What is under the pointer, or under the cursor that the arrow keys move, is read out
// beside it; a click or Enter chooses that step of time. Follows the palette. GUI thread.
#pragma once

#include "core/time.h"
#include "ui/charts/chart_axes.h"
#include "ui/charts/series_color.h"

#include <QTimeZone>
#include <QtCharts/QChartView>

#include <optional>
#include <vector>

class QAreaSeries;
class QGraphicsLineItem;
class QLabel;
class QLineSeries;
class QXYSeries;

namespace punctual::ui
{

class TimeChart : public QChartView
{
    Q_OBJECT

public:
    struct Line
    {
        QString name;
        SeriesColor color = SeriesColor::Blue;
        Qt::PenStyle style = Qt::SolidLine;
        bool isFilled = false;
    };

    /// Points in the order of time; x is milliseconds since 1970.
    using Points = QList<QPointF>;

    /// `name` says what it shows, `unit` what its values are in.
    TimeChart(const QString& name, const QString& unit, std::vector<Line> lines, Growth growth,
              const QTimeZone& zone, QWidget* parent = nullptr);

    /// Takes the points of every line. `step` is the time that one point stands for.
    void show(Instant from, Instant until, Duration step, std::vector<Points> points);
    using QChartView::show;

    /// A sentence in the middle of a chart that has nothing to show; empty for none.
    void setNote(const QString& text);

    /// What is read out now: empty without a cursor.
    [[nodiscard]] QString reading() const;
    /// The place in the window of this moment.
    [[nodiscard]] int positionOf(Instant moment) const;

    [[nodiscard]] QSize sizeHint() const override { return {420, 190}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 120}; }

Q_SIGNALS:
    /// `line` is the one next to the pointer or chosen by keys, -1 for none.
    void chosen(punctual::Instant from, punctual::Instant until, int line);

protected:
    void changeEvent(QEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void makeSeries();
    void applyPalette();
    /// `line` is the one that is marked in what is read out.
    void moveCursor(std::optional<Instant> moment, int line);
    void moveCursorTo(const QPoint& pointer);
    void updateCursor();
    void placeLabels();
    void choose();
    [[nodiscard]] QXYSeries* lineAt(std::size_t index) const;
    [[nodiscard]] std::optional<Instant> momentAt(const QPoint& place) const;
    [[nodiscard]] std::optional<QPointF> pointAt(std::size_t line, Instant start) const;
    [[nodiscard]] QString readingAt(Instant start) const;
    [[nodiscard]] QString valueText(double value) const;
    [[nodiscard]] int lineNear(const QPoint& place, Instant start) const;

    QString m_unit;
    std::vector<Line> m_lines;
    QTimeZone m_zone;
    Instant m_from;
    Instant m_until;
    Duration m_step{1};
    std::vector<Points> m_points;
    std::optional<Instant> m_cursor; // the beginning of the step that is read out
    int m_line = -1;                 // of those, -1 for none
    ChartAxes m_axes;
    std::vector<QAbstractSeries*> m_series;
    QGraphicsLineItem* m_cursorLine;
    QLabel* m_reading;
    QLabel* m_note;
};

} // namespace punctual::ui
