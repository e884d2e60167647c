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

/// The header Idempotency-Key with a hash of the call that it stands for.
[[nodiscard]] Result<std::optional<client::Idempotency>> readIdempotency(const Request& request);

/// The problem of a call that can be in conflict with nothing but an earlier one with its Idempotency-Key.
[[nodiscard]] Response problemOfKeyed(const Error& error);

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
