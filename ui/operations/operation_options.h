// SPDX-License-Identifier: GPL-3.0-or-later
// How a bulk operation does what it does: pace, canary, other due times, what becomes of unknown messages.
// Only what the action knows is there.
#pragma once

#include "core/operation.h"
#include "ui/common/workspace.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QRadioButton;
class QSpinBox;

namespace punctual::ui
{

class DestinationCombo;
class DueEditor;
class SpanEdit;

class OperationOptions : public QWidget
{
    Q_OBJECT

public:
    /// Begins with the options of `wanted`.
    OperationOptions(const Workspace& workspace, const NewOperation& wanted, QWidget* parent = nullptr);

    /// What was wanted, with the options as they are now. Only while there is no problem.
    [[nodiscard]] NewOperation operation() const;
    /// What stands in the way, in a person's words; empty if nothing does.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void changed();

private:
    void addReplay(QFormLayout& form);
    void addReschedule(QFormLayout& form);
    void addResolve(QFormLayout& form);
    void addSpread(QFormLayout& form);
    void addPace(QFormLayout& form);
    void takeMode();
    [[nodiscard]] bool movesByShift() const;
    [[nodiscard]] std::optional<Duration> spread() const;
    void setDue(NewOperation& operation) const;

    const Workspace& m_workspace;
    NewOperation m_wanted;
    QSpinBox* m_pace = nullptr;
    QCheckBox* m_canary = nullptr;
    DestinationCombo* m_destination = nullptr;
    QComboBox* m_as = nullptr;
    QRadioButton* m_given = nullptr; // the start that was wanted
    QRadioButton* m_shift = nullptr;
    QComboBox* m_direction = nullptr;
    SpanEdit* m_shiftBy = nullptr;
    QRadioButton* m_other = nullptr; // another start
    DueEditor* m_due = nullptr;
    SpanEdit* m_spread = nullptr;
};

} // namespace punctual::ui
