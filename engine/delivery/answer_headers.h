// SPDX-License-Identifier: GPL-3.0-or-later
// Picks out of an answer's header fields those by which a third party speaks of its limits: Retry-After,
// RateLimit*, X-RateLimit* and X-Rate-Limit*, and with them Date, by which their times are to be read.
// Nothing is allocated for an answer without them.
#pragma once

#include "core/header.h"

#include <QByteArrayView>

#include <array>
#include <vector>

namespace punctual::delivery
{

class AnswerHeaders
{
public:
    static constexpr std::size_t most = 16;        // further ones are left out
    static constexpr qsizetype longestName = 64;   // longer ones are left out
    static constexpr qsizetype longestValue = 256; // longer ones are left out

    void clear();
    /// A line as it came, with its end. A status line begins a new answer, as after "100 Continue".
    void read(QByteArrayView line);
    /// The names are in lower case; in the order in which they came, Date at the end.
    [[nodiscard]] std::vector<Header> take();

private:
    std::vector<Header> m_kept;
    std::array<char, 40> m_date{};
    qsizetype m_dateLength = 0;
};

} // namespace punctual::delivery
