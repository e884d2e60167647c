// SPDX-License-Identifier: GPL-3.0-or-later
// What the caller is answered, as a value.
#pragma once

#include "api/body_stream.h"
#include "core/header.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <functional>
#include <memory>
#include <vector>

namespace punctual::api
{

struct Response
{
    int status = 200;
    QByteArray body;
    QByteArray contentType;
    std::vector<Header> headers = {};
    std::shared_ptr<BodyStream> stream = {}; // in the place of the body

    [[nodiscard]] static Response json(int status, const QJsonObject& object)
    {
        return {status, QJsonDocument(object).toJson(QJsonDocument::Compact),
                QByteArrayLiteral("application/json")};
    }

    [[nodiscard]] Response with(QByteArray name, QByteArray value) &&
    {
        headers.push_back({std::move(name), std::move(value)});
        return std::move(*this);
    }
};

using Respond = std::function<void(Response)>;

} // namespace punctual::api
