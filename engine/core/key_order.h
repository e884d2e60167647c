// SPDX-License-Identifier: GPL-3.0-or-later
// What the failing head of a key does to the messages behind it. Messages of one key and destination go in
// due order, one at a time.
#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QString>

#include <optional>
#include <vector>

namespace punctual
{

enum class OnHeadFailure {
    Block, // the others wait until the head is delivered or dead
    Skip,  // they go on once the head has failed so often; it is tried again beside them
    Park,  // when the head is dead they wait until a person releases the key
};

[[nodiscard]] QLatin1StringView toText(OnHeadFailure onHeadFailure);
[[nodiscard]] std::optional<OnHeadFailure> parseOnHeadFailure(QStringView text);

struct KeyOrder
{
    OnHeadFailure onFailure = OnHeadFailure::Block;
    int skipAfter = 3; // attempts, for Skip

    friend bool operator==(const KeyOrder&, const KeyOrder&) = default;
};

// {"on_failure", "skip_after"}; `skip_after` only with skip.
[[nodiscard]] QJsonObject toJson(const KeyOrder& order);
[[nodiscard]] KeyOrder readKeyOrder(const QJsonObject& object, const QString& pointer,
                                    std::vector<FieldError>& errors);

} // namespace punctual
