// SPDX-License-Identifier: GPL-3.0-or-later
// Which rows of the audit are shown: who, what, on which object, when. Texts are compared whole.
#pragma once

#include "core/audit.h"
#include "core/clock.h"

#include <QTimeZone>
#include <QTimer>
#include <QWidget>

class QComboBox;
class QLineEdit;

namespace punctual::ui
{

class ReadingEdit;

class AuditFilterBar : public QWidget
{
    Q_OBJECT

public:
    AuditFilterBar(const Clock& clock, const QTimeZone& zone, QWidget* parent = nullptr);

    /// "The last hour" is counted back from the moment of the call.
    [[nodiscard]] AuditFilter filter() const;

Q_SIGNALS:
    /// At once for a choice, a moment after the last key for a text.
    void filterChanged();

private:
    void layOut();
    void fill();
    void takeTime();

    const Clock& m_clock;
    QLineEdit* m_actor;
    QComboBox* m_action;
    QComboBox* m_kind;
    QLineEdit* m_object;
    QComboBox* m_time;
    ReadingEdit* m_from;
    ReadingEdit* m_until;
    QTimer m_typing;
};

} // namespace punctual::ui
