// SPDX-License-Identifier: GPL-3.0-or-later
// What one sees while the database is made ready, and what is said when that fails.
#pragma once

#include "core/result.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace punctual::ui
{

class StartWindow : public QWidget
{
    Q_OBJECT

public:
    explicit StartWindow(QWidget* parent = nullptr);

    void showStarting();
    void showError(const Error& error);

Q_SIGNALS:
    void retryRequested();
    /// The person wants to choose another server.
    void connectionRequested();
    void closed();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    QLabel* m_text;
    QLabel* m_detail;
    QProgressBar* m_busy;
    QPushButton* m_retry;
    QPushButton* m_connection;
    QPushButton* m_quit;
};

} // namespace punctual::ui
