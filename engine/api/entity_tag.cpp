// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/entity_tag.h"

namespace punctual::api
{

QByteArray entityTagOf(const Message& message)
{
    return '"' + QByteArray::number(toMicroseconds(message.updatedAt)) + '"';
}

QByteArray entityTagOf(const Destination& destination)
{
    return '"' + QByteArray::number(destination.version) + '"';
}

std::optional<std::vector<Instant>> readIfMatch(const Request& request)
{
    const auto numbers = readVersions(request);
    if (!numbers)
        return std::nullopt;
    std::vector<Instant> versions;
    for (const qint64 micros : *numbers)
        versions.push_back(instantOf(micros));
    return versions;
}

std::optional<std::vector<qint64>> readVersions(const Request& request)
{
    const auto header = request.headers.constFind(QByteArrayLiteral("if-match"));
    if (header == request.headers.constEnd() || header->trimmed() == "*")
        return std::nullopt;
    std::vector<qint64> versions;
    const auto tags = header->split(',');
    for (const auto& written : tags) {
        const QByteArray tag = written.trimmed();
        bool isNumber = false;
        const qint64 number = tag.mid(1).chopped(tag.size() > 1 ? 1 : 0).toLongLong(&isNumber);
        if (isNumber && tag == '"' + QByteArray::number(number) + '"')
            versions.push_back(number);
    }
    return versions;
}

} // namespace punctual::api
