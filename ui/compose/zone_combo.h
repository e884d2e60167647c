// SPDX-License-Identifier: GPL-3.0-or-later
// A choice of time zones by their IANA names: the local one and UTC first, the others found by typing.
#pragma once

#include <QComboBox>
#include <QTimeZone>

namespace punctual::ui
{

class ZoneCombo : public QComboBox
{
    Q_OBJECT

public:
    explicit ZoneCombo(const QTimeZone& local, QWidget* parent = nullptr);

    /// Invalid while the text names no zone.
    [[nodiscard]] QTimeZone zone() const;
};

} // namespace punctual::ui
