// SPDX-License-Identifier: GPL-3.0-or-later
// When a message is due: "in" a span from the moment it is stored, or "at" a reading of the clock in a
// zone. A reading that the zone skips is refused, and one that happens twice has to be decided.
#pragma once

#include "core/clock.h"

#include <QTimeZone>
#include <QWidget>

#include <variant>
#include <vector>

class QComboBox;
class QDateTimeEdit;
class QLabel;
class QRadioButton;

namespace punctual::ui
{

class SpanEdit;
class ToneLabel;
class ZoneCombo;

class DueEditor : public QWidget
{
    Q_OBJECT

public:
    using Due = std::variant<Instant, Duration>;

    DueEditor(const Clock& clock, const QTimeZone& local, QWidget* parent = nullptr);

    /// Nothing while problem() says something.
    [[nodiscard]] std::optional<Due> due() const;
    /// What stands in the way, in a person's words; empty if nothing does.
    [[nodiscard]] QString problem() const;
    /// "At" this, in the local zone.
    void setInstant(Instant due);
    /// "In" this long.
    void setSpan(Duration span);
    /// What is chosen under "at", even if it is past; nothing for a span or a reading that is not one
    /// instant.
    [[nodiscard]] std::optional<Instant> shownInstant() const;
    /// When it would leave if it were stored now; nothing while problem() says something.
    [[nodiscard]] std::optional<Instant> expected() const;

Q_SIGNALS:
    void changed();

private:
    void layOut();
    void setReading(Instant instant);
    void takeMode();
    void takeReading();
    void showNotes();
    void offerInstants();
    [[nodiscard]] std::optional<Instant> instant() const;
    [[nodiscard]] QString problemOfReading() const;
    [[nodiscard]] QString otherReadings(Instant due) const;

    const Clock& m_clock;
    QTimeZone m_local;
    QRadioButton* m_in;
    SpanEdit* m_span;
    QRadioButton* m_at;
    QDateTimeEdit* m_reading;
    ZoneCombo* m_zone;
    QComboBox* m_which; // of two instants with the same reading
    QLabel* m_others;
    ZoneCombo* m_recipient;
    ToneLabel* m_there;              // what the recipient's clocks show
    ToneLabel* m_change;             // that clocks are changed before
    std::vector<Instant> m_instants; // what the reading can mean
};

} // namespace punctual::ui
