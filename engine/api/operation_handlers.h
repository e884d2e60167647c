// SPDX-License-Identifier: GPL-3.0-or-later
// Calls on replays, dead letters and bulk operations.
#pragma once

#include "api/route.h"

namespace punctual::api
{

void replayMessage(const CallPointer& call);
void listDeadLetters(const CallPointer& call);
void createOperation(const CallPointer& call);
void listOperations(const CallPointer& call);
void showOperation(const CallPointer& call);
void listOperationItems(const CallPointer& call);
void abortOperation(const CallPointer& call);
void undoOperation(const CallPointer& call);

} // namespace punctual::api
