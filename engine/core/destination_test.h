// SPDX-License-Identifier: GPL-3.0-or-later
// A message that is sent to a destination at once, to see what comes back.
#pragma once

#include "core/attempt.h"
#include "core/why.h"

#include <QByteArrayView>

namespace punctual
{

struct MessageLimits;

/// What a test message has as its tag, so that people can tell it from others; a replay of all dead letters
/// leaves such messages out.
inline constexpr QLatin1StringView testTag("punctual-test");

/// What is sent unless something else is asked for.
[[nodiscard]] Content testContent();

struct DestinationTestRequest
{
    Content content = testContent();
    QString reason = {};
};

/// Every wrong field is added to `errors`; the value is useful only if none was added. `text` is the JSON
/// text of `object`, from which the payload is cut verbatim.
[[nodiscard]] DestinationTestRequest readDestinationTest(const QJsonObject& object, QByteArrayView text,
                                                         const MessageLimits& limits,
                                                         std::vector<FieldError>& errors);

/// What came of it.
struct DestinationTest
{
    MessageId message;
    MessageState state = MessageState::Scheduled; // of the message, at the end
    std::optional<Attempt> attempt;               // absent: it has not left, or there is no answer yet
    std::optional<Why> why;                       // what kept it, without an attempt
};

[[nodiscard]] QJsonObject toJson(const DestinationTest& test);

} // namespace punctual
