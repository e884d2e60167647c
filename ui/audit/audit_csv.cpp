// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/audit/audit_csv.h"

#include "ui/audit/change_text.h"

namespace punctual::ui
{

namespace
{

QByteArray csvField(const QString& text)
{
    // A spreadsheet would take the first of these for the beginning of a formula; others wrote this text.
    const bool isRisky = !text.isEmpty() && QStringView(u"=+-@\t\r").contains(text.front());
    QByteArray field = (isRisky ? QStringLiteral("'") + text : text).toUtf8();
    field.replace('"', "\"\"");
    return '"' + field + '"';
}

} // namespace

QByteArray csvHeaderOfAudit()
{
    return "id,at,actor,login,origin,address,action,kind,object,before,after,reason,sealed\r\n";
}

QByteArray csvOf(const std::vector<AuditEntry>& entries)
{
    QByteArray csv;
    for (const auto& entry : entries) {
        csv += QByteArray::number(entry.id) + ',' + toRfc3339(entry.at).toLatin1();
        for (const auto& text : {entry.actor, entry.login, entry.origin, entry.address, entry.action,
                                 entry.kind, entry.object, QString::fromUtf8(jsonText(entry.before)),
                                 QString::fromUtf8(jsonText(entry.after)), entry.reason})
            csv += ',' + csvField(text);
        csv += entry.sealed ? ",true\r\n" : ",false\r\n";
    }
    return csv;
}

} // namespace punctual::ui
