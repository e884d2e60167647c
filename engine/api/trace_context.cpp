// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/trace_context.h"

#include <QRegularExpression>

#include <algorithm>

namespace punctual::api
{

namespace
{

bool isWellFormed(const QByteArray& traceparent)
{
    static const QRegularExpression form(
        QStringLiteral("^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$"));
    return form.match(QString::fromLatin1(traceparent)).hasMatch();
}

} // namespace

std::vector<NewMessage> withTraceOf(const Request& request, std::vector<NewMessage> messages)
{
    const auto name = QByteArrayLiteral("traceparent");
    const QByteArray traceparent = request.headers.value(name);
    if (!isWellFormed(traceparent))
        return messages;
    for (auto& message : messages) {
        auto& headers = message.content.headers;
        const bool hasOne = std::any_of(headers.begin(), headers.end(),
                                        [&](const Header& header) { return header.name.toLower() == name; });
        if (!hasOne)
            headers.push_back({name, traceparent});
    }
    return messages;
}

} // namespace punctual::api
