// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/messages/why_text.h"

#include "ui/common/time_text.h"

#include <QCoreApplication>

namespace punctual::ui
{

QString whyText(const Why& why, Instant now, const QTimeZone& zone)
{
    Why local = why;
    for (auto& argument : local.arguments)
        if (const auto instant = parseRfc3339(argument))
            argument = timeText(*instant, zone);
    const QString cause = local.words(QCoreApplication::translate("Why", why.text)).trimmed();
    if (!why.expectedAt)
        return cause;
    return cause + u' ' +
           QCoreApplication::translate("WhyText", "It is expected to leave at %1 (%2).")
               .arg(timeText(*why.expectedAt, zone), relativeText(*why.expectedAt, now));
}

} // namespace punctual::ui
