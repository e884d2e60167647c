// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/bearer_token.h"

namespace punctual::api
{

namespace
{

constexpr qsizetype longestToken = 512;

} // namespace

QByteArray bearerToken(const Request& request)
{
    const QByteArray value = request.headers.value(QByteArrayLiteral("authorization"));
    if (value.left(7).toLower() != "bearer ")
        return {};
    const QByteArray token = value.sliced(7).trimmed();
    return token.size() <= longestToken ? token : QByteArray();
}

} // namespace punctual::api
