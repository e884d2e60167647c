// SPDX-License-Identifier: GPL-3.0-or-later
// Calls on messages.
#pragma once

#include "api/route.h"

namespace punctual::api
{

void createMessage(const CallPointer& call);
void createMessages(const CallPointer& call);
void listMessages(const CallPointer& call);
void showMessage(const CallPointer& call);
void changeMessage(const CallPointer& call);
void listAttempts(const CallPointer& call);
void cancelMessage(const CallPointer& call);

/// Answers with the message as showMessage() does.
void respondWith(const CallPointer& call, const Message& message);

} // namespace punctual::api
