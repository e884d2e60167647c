// SPDX-License-Identifier: GPL-3.0-or-later
// The random choices of a test, which can be repeated: PUNCTUAL_FAULT_SEED is the seed, and every run prints
// its own. PUNCTUAL_FAULT_ROUNDS says how long a test goes on.
#pragma once

#include <QRandomGenerator>

#include <vector>

namespace punctual::test
{

class Randomness
{
public:
    Randomness();

    [[nodiscard]] quint32 seed() const { return m_seed; }
    /// Within [from, to].
    [[nodiscard]] int between(int from, int to);
    /// True in so many of a hundred cases.
    [[nodiscard]] bool percent(int chance) { return between(1, 100) <= chance; }

    template <class T>
    [[nodiscard]] const T& oneOf(const std::vector<T>& values)
    {
        return values[static_cast<std::size_t>(between(0, static_cast<int>(values.size()) - 1))];
    }

private:
    quint32 m_seed;
    QRandomGenerator m_generator;
};

/// PUNCTUAL_FAULT_ROUNDS, or what is enough for every day.
[[nodiscard]] int rounds(int everyDay);

} // namespace punctual::test
