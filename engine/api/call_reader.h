// SPDX-License-Identifier: GPL-3.0-or-later
// What handlers of several subjects read of a call.
#pragma once

#include "api/json_body.h"
#include "api/route.h"

namespace punctual::api
{

/// How many items a page of a list has at most, and how many unless asked otherwise.
inline constexpr int mostItems = 500;
inline constexpr int usualItems = 100;

/// The id in the path; null for a text that is no id, and so for a message that cannot exist.
[[nodiscard]] MessageId idOf(const CallPointer& call);

/// The name in the path.
[[nodiscard]] QString nameOf(const CallPointer& call);

void refuseQuery(const CallPointer& call, const std::vector<FieldError>& errors);
void refuseBody(const CallPointer& call, const std::vector<FieldError>& errors);

/// Calls `use` with the body's object, or answers what is wrong with the body.
template <class Use>
void withObject(const CallPointer& call, Use use)
{
    const auto body = readJsonBody(call->request);
    if (body)
        use(body->object);
    else
        call->respond(body.error());
}

} // namespace punctual::api
