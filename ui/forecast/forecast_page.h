// SPDX-License-Identifier: GPL-3.0-or-later
// The page of the forecast: ten days ahead by destination and hour, and the messages of one hour, which can
// be spread over more.
#pragma once

#include "core/forecast.h"
#include "ui/common/workspace.h"
#include "ui/forecast/forecast_model.h"
#include "ui/operations/sample_model.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace punctual::ui
{

class HeatMap;
class Refresher;
class ToneLabel;
class ViewFrame;

class ForecastPage : public QWidget
{
    Q_OBJECT

public:
    explicit ForecastPage(const Workspace& workspace, QWidget* parent = nullptr);

    void refresh();

Q_SIGNALS:
    void messagesRequested(const punctual::MessageFilter& filter);

private:
    void layOut();
    QWidget* makeCell();
    void ask();
    void take(const Result<std::vector<Forecast>>& answer);
    void showWarnings();
    void reach(const QModelIndex& index);
    void showCell();
    void readMessages();
    void takeMessages(const Result<MessagePage>& answer);
    void spread();
    [[nodiscard]] MessageFilter filterOfCell() const;

    const Workspace& m_workspace;
    ForecastModel m_model;
    SampleModel m_messages;
    QTimer m_pause;        // after a step, before the messages of the cell are read
    QString m_destination; // of the cell that was reached; empty: none
    Hour m_hour;
    QComboBox* m_range;
    ToneLabel* m_warnings;
    HeatMap* m_map;
    ViewFrame* m_frame;
    QLabel* m_reading;
    QTableView* m_table;
    QLabel* m_noMessages;
    QPushButton* m_show;
    QPushButton* m_spread;
    Refresher* m_refresher;
};

} // namespace punctual::ui
