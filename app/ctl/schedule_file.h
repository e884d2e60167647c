// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules the messages of a file or of standard input, and tells of every line that is not right.
#pragma once

#include "app/ctl/command.h"

namespace punctual::ctl
{

struct ScheduleFile
{
    QString path;        // "-" is standard input
    QString format;      // ndjson or csv; empty: by the name of the file
    QString rejects;     // where bad lines go, as they are; empty: nowhere
    QString destination; // of lines that name none; may be empty
    bool dryRun = false;
    /// With it a second run of the same file goes on where the first one was cut: what was scheduled stays
    /// scheduled once. The database remembers it for a day. Empty: every run schedules everything.
    QString idempotencyKey;
};

/// Lines that are right are scheduled in batches, in their order; the others are named. The exit code is
/// Usage if there was any of these.
[[nodiscard]] ExitCode scheduleFile(const Context& context, const ScheduleFile& options);

} // namespace punctual::ctl
