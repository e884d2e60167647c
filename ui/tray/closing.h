// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of the program when a person closes its window or quits.
#pragma once

#include <QtGlobal>

#include <optional>

namespace punctual::ui
{

struct ClosingFacts
{
    bool byWindow = false; // its window was closed; else the person said "quit"
    bool hasNode = false;  // this program delivers
    bool hasTray = false;
    bool othersDeliver = false;    // live nodes elsewhere
    std::optional<qint64> backlog; // messages that wait or are on their way; nothing: not known yet
};

enum class Closing {
    Quit,
    AskFirst,  // this computer is the only engine: what waits would leave late
    HideToTray // the engine goes on without a window
};

[[nodiscard]] constexpr Closing closingOf(const ClosingFacts& facts)
{
    if (!facts.hasNode || facts.backlog == 0)
        return Closing::Quit;
    if (facts.byWindow && facts.hasTray)
        return Closing::HideToTray;
    return facts.othersDeliver ? Closing::Quit : Closing::AskFirst;
}

} // namespace punctual::ui
