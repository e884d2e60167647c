// SPDX-License-Identifier: GPL-3.0-or-later
// The page of live charts. Reads the database's figures while it is visible, one question at a time, and so
// shows the same wherever the nodes are.
#pragma once

#include "core/message_list.h"
#include "ui/common/workspace.h"

#include <QList>
#include <QWidget>

class QAction;

namespace punctual::ui
{

class ChartPanel;
class DashboardBar;
class LatenessPanel;
class QuotaPanel;
class Refresher;
class ViewFrame;

class DashboardPage : public QWidget
{
    Q_OBJECT

public:
    explicit DashboardPage(const Workspace& workspace, QWidget* parent = nullptr);
    ~DashboardPage() override;

    void refresh();
    /// Without what is only for a person in front of it.
    void setKiosk(bool kiosk);

    /// For the menu of the window.
    [[nodiscard]] const QList<QAction*>& commands() const;

    [[nodiscard]] QString saveSettings() const;
    void restoreSettings(const QString& settings);

Q_SIGNALS:
    void messagesRequested(const punctual::MessageFilter& filter);
    void fullScreenRequested();

private:
    void layOut();
    void connectBar();
    void choose();
    void ask();
    void take(const Result<Figures>& answer);
    void showFigures();
    void setPaused(bool paused);
    void tellPause();
    void saveImage();
    void saveTable();
    void save(const QString& title, const QString& ending, std::function<QByteArray()> make);

    const Workspace& m_workspace;
    std::optional<Figures> m_figures; // that are shown
    DashboardBar* m_bar;
    LatenessPanel* m_lateness;
    QuotaPanel* m_quota;
    std::vector<ChartPanel*> m_panels;
    QWidget* m_charts;
    ViewFrame* m_frame;
    Refresher* m_refresher;
    bool m_isWanted = false; // the next figures, although the charts are paused
};

} // namespace punctual::ui
