// SPDX-License-Identifier: GPL-3.0-or-later
// A choice of destinations that keeps itself up to date while it is visible. Paused ones say so. It never
// moves to another destination by itself: a chosen one that is gone stays and says so, and among several
// nothing is chosen beforehand.
#pragma once

#include "ui/common/workspace.h"

#include <QComboBox>
#include <QTimer>

namespace punctual::ui
{

class DestinationCombo : public QComboBox
{
    Q_OBJECT

public:
    /// `any` is the first entry, which stands for no destination in particular; empty for none.
    DestinationCombo(const Workspace& workspace, const QString& any, QWidget* parent = nullptr);

    /// Empty for none.
    [[nodiscard]] QString destination() const { return currentData().toString(); }
    /// One that it does not know yet is entered until the list is read again.
    void setDestination(const QString& name);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void refresh();
    void fill(const std::vector<Destination>& destinations);
    void enter(const QStringList& names);
    [[nodiscard]] QString labelOf(const Destination& destination) const;

    const Workspace& m_workspace;
    QString m_any;
    QTimer m_timer;
};

} // namespace punctual::ui
