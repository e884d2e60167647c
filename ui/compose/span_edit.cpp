// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compose/span_edit.h"

#include "ui/common/letter_width.h"

namespace punctual::ui
{

SpanEdit::SpanEdit(QWidget* parent)
    : QLineEdit(parent)
{
    setText(QStringLiteral("5m"));
    setPlaceholderText(QStringLiteral("1h30m"));
    setToolTip(tr("Days, hours, minutes, seconds and milliseconds: 10d, 1h30m, 5s, 250ms"));
    setMaximumWidth(letterWidth(fontMetrics()) * 16);
}

std::optional<Duration> SpanEdit::span() const
{
    const auto read = parseDuration(text().remove(u' ').toLower());
    return read ? std::optional(*read) : std::nullopt;
}

} // namespace punctual::ui
