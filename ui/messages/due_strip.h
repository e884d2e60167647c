// SPDX-License-Identifier: GPL-3.0-or-later
// The hours to come on a strip, with a mark where the message is due that can be drawn to another time.
// Behind it stands how much is due in each hour already. The keyboard's way is the dialog of Reschedule. GUI
// thread.
#pragma once

#include "core/forecast.h"
#include "ui/common/workspace.h"

#include <QWidget>

namespace punctual::ui
{

class DueStrip : public QWidget
{
    Q_OBJECT

public:
    explicit DueStrip(const Workspace& workspace, QWidget* parent = nullptr);

    /// Hidden for one that does not wait.
    void show(const Message& message);
    using QWidget::show;
    void clear();

    /// Where this time is on the strip, and back: between its ends.
    [[nodiscard]] int xOf(Instant instant) const;
    [[nodiscard]] Instant instantAt(int x) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The mark was let go at another time. Nothing has changed yet.
    void rescheduleRequested(const QUuid& id, punctual::Instant dueAt);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// How far the strip reaches, and to which times the mark is drawn.
    struct Scale
    {
        Duration length;
        Duration step;
        Duration tick; // between two words on it
    };
    [[nodiscard]] static const Scale& scaleFor(Duration ahead);
    void offer();
    void askForLoad();
    [[nodiscard]] bool isOnMark(int x) const;
    void drawLoad(QPainter& painter) const;
    void drawTicks(QPainter& painter) const;
    void drawMark(QPainter& painter, Instant at, bool isNew) const;
    [[nodiscard]] int baseLine() const;

    const Workspace& m_workspace;
    MessageId m_id; // null: none
    QString m_destination;
    Instant m_due;
    Instant m_begin; // of the strip
    const Scale* m_scale;
    std::vector<ForecastHour> m_load;
    std::optional<Instant> m_drawn; // where the mark is while the mouse holds it
};

} // namespace punctual::ui
