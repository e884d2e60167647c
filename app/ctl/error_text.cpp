// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/error_text.h"

#include "app/common/command_parser.h"
#include "app/ctl/output.h"

#include <QRegularExpression>

#include <cstdio>
#include <map>

namespace punctual::ctl
{

QString argumentOf(const QString& pointer)
{
    if (pointer.startsWith(u"/filter/")) // of an operation
        return QStringLiteral("--") +
               (pointer == u"/filter/q" ? QStringLiteral("text") : pointer.mid(8).replace(u'_', u'-'));
    static const QRegularExpression around(QStringLiteral("^(/messages/\\d+)?(/retry|/tls|/order)?/"));
    QString field = pointer;
    field.remove(around);
    if (field.startsWith(u"headers/"))
        return QStringLiteral("--header ") + field.mid(8).replace(QStringLiteral("~1"), QStringLiteral("/"));
    static const std::map<QString, QString> others{
        {QStringLiteral("authentication/token"), QStringLiteral("--bearer-token")},
        {QStringLiteral("batch/format"), QStringLiteral("--batch")},
        {QStringLiteral("body_base64"), QStringLiteral("--body")},
        {QStringLiteral("delay_ms"), QStringLiteral("--in")},
        {QStringLiteral("destination"), QStringLiteral("DESTINATION")},
        {QStringLiteral("due_at"), QStringLiteral("--at")},
        {QStringLiteral("name"), QStringLiteral("NAME")},
        {QStringLiteral("on_failure"), QStringLiteral("--order")},
        {QStringLiteral("quota/limit"), QStringLiteral("--quota")},
        {QStringLiteral("quota/per"), QStringLiteral("--quota")},
        {QStringLiteral("rate_limit/algorithm"), QStringLiteral("--rate-algorithm")},
        {QStringLiteral("rate_limit/burst"), QStringLiteral("--burst")},
        {QStringLiteral("rate_limit/limit"), QStringLiteral("--rate-limit")},
        {QStringLiteral("rate_limit/per_ms"), QStringLiteral("--rate-limit")},
        {QStringLiteral("shift_ms"), QStringLiteral("--later")},
        {QStringLiteral("state"), QStringLiteral("--as")},
        {QStringLiteral("tags"), QStringLiteral("--tag")},
        {QStringLiteral("verify"), QStringLiteral("--insecure")},
    };
    if (const auto other = others.find(field); other != others.end())
        return other->second;
    field.replace(QStringLiteral("circuit_breaker"), QStringLiteral("breaker"));
    field.replace(u'/', u'-');
    if (field.endsWith(u"_ms"))
        field.chop(3);
    return QStringLiteral("--") + field.replace(u'_', u'-');
}

QString describe(const Error& error)
{
    QString text = error.detail;
    for (const auto& field : error.fields)
        text += u'\n' + argumentOf(field.pointer) + u' ' + field.detail;
    return text;
}

void refuseIfWrong(const std::vector<FieldError>& errors, const QString& sentence)
{
    if (!errors.empty())
        app::refuse(describe(Error{ErrorCode::InvalidInput, sentence, errors}));
}

void printError(const Error& error)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(printable(describe(error))));
}

app::ExitCode failed(const Error& error)
{
    printError(error);
    return app::exitCodeOf(error.code);
}

} // namespace punctual::ctl
