// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/key_order.h"

#include "core/field_reader.h"

namespace punctual
{

namespace
{

constexpr QLatin1StringView fieldOnFailure("on_failure");
constexpr QLatin1StringView fieldSkipAfter("skip_after");

} // namespace

QLatin1StringView toText(OnHeadFailure onHeadFailure)
{
    switch (onHeadFailure) {
    case OnHeadFailure::Block:
        return QLatin1StringView("block");
    case OnHeadFailure::Skip:
        return QLatin1StringView("skip");
    case OnHeadFailure::Park:
        return QLatin1StringView("park");
    }
    Q_UNREACHABLE();
}

std::optional<OnHeadFailure> parseOnHeadFailure(QStringView text)
{
    for (const auto one : {OnHeadFailure::Block, OnHeadFailure::Skip, OnHeadFailure::Park})
        if (toText(one) == text)
            return one;
    return std::nullopt;
}

QJsonObject toJson(const KeyOrder& order)
{
    QJsonObject object{{fieldOnFailure, QString(toText(order.onFailure))}};
    if (order.onFailure == OnHeadFailure::Skip)
        object.insert(fieldSkipAfter, order.skipAfter);
    return object;
}

KeyOrder readKeyOrder(const QJsonObject& object, const QString& pointer, std::vector<FieldError>& errors)
{
    FieldReader fields(object, pointer, errors);
    KeyOrder order;
    FieldReader::assign(order.onFailure, fields.word(fieldOnFailure, &parseOnHeadFailure,
                                                     QLatin1StringView("block, skip, park")));
    if (const auto after = fields.integer(fieldSkipAfter, 1, 1000)) {
        order.skipAfter = static_cast<int>(*after);
        if (order.onFailure != OnHeadFailure::Skip)
            fields.wrong(fieldSkipAfter, QStringLiteral("is only for on_failure skip"));
    }
    fields.refuseUnknownFields();
    return order;
}

} // namespace punctual
