// SPDX-License-Identifier: GPL-3.0-or-later
// How the selected destination stands, and the means to pause and to resume it.
#pragma once

#include "core/figures.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace punctual::ui
{

class DueEditor;
class FormField;

class DestinationState : public QWidget
{
    Q_OBJECT

public:
    explicit DestinationState(const Workspace& workspace, QWidget* parent = nullptr);

    void show(const DestinationFigures& figures);
    using QWidget::show;
    /// Nothing is selected.
    void clear();
    /// Pause and resume, as the buttons do it, for menus.
    [[nodiscard]] QList<QAction*> commands() const { return {m_pauseCommand, m_resumeCommand}; }

Q_SIGNALS:
    /// Something was done; `worked` says whether the database agreed.
    void finished(const QString& text, bool worked);

private:
    QWidget* makeFacts();
    QWidget* makePause();
    QLabel* addFact(QFormLayout& rows, const QString& name);
    void pause();
    void resume();
    void take(const Result<Destination>& answer, const QString& text);
    void offerCommands(bool isHeldUp);
    [[nodiscard]] QString pausedText(const Destination& destination) const;
    [[nodiscard]] QString breakerFact(const Destination& destination) const;
    [[nodiscard]] QString quotaFact(const Destination& destination) const;
    [[nodiscard]] QString providerFact(const Destination& destination) const;

    const Workspace& m_workspace;
    QString m_name; // empty: none is selected
    QLabel* m_health;
    QLabel* m_paused;
    QLabel* m_breaker;
    QLabel* m_held;
    QLabel* m_quota;
    QLabel* m_provider;
    QLabel* m_messages;
    QCheckBox* m_limited;
    DueEditor* m_until;
    FormField* m_untilField;
    QLineEdit* m_reason;
    QPushButton* m_pause;
    QPushButton* m_resume;
    QAction* m_pauseCommand;
    QAction* m_resumeCommand;
};

} // namespace punctual::ui
