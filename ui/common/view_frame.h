// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the four looks of a view around its content: loading, empty, error, and content that may be stale.
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedLayout;

namespace punctual::ui
{

class ViewFrame : public QWidget
{
    Q_OBJECT

public:
    explicit ViewFrame(QWidget* content, QWidget* parent = nullptr);

    void showLoading();
    void showContent();
    /// There is nothing to show; `text` says why and what to do.
    void showEmpty(const QString& text);
    /// The same with a button that says what to begin with.
    void showBeginning(const QString& text, const QString& action);
    /// Without content to fall back on: the error alone. With content: it stays, marked as stale.
    void showError(const QString& text);

Q_SIGNALS:
    void retryRequested();
    void beginningRequested();

private:
    void showNote(const QString& text, bool busy, bool mayRetry);

    QWidget* m_stale;
    QLabel* m_staleText;
    QStackedLayout* m_pages;
    QProgressBar* m_busy;
    QLabel* m_note;
    QPushButton* m_retry;
    QPushButton* m_begin;
    bool m_hasContent = false;
};

} // namespace punctual::ui
