// SPDX-License-Identifier: GPL-3.0-or-later
#include "randomness.h"

#include <QString>

namespace punctual::test
{

namespace
{

quint32 chosenSeed()
{
    bool given = false;
    const quint32 seed = qEnvironmentVariable("PUNCTUAL_FAULT_SEED").toUInt(&given);
    return given ? seed : QRandomGenerator::global()->generate();
}

} // namespace

Randomness::Randomness()
    : m_seed(chosenSeed())
    , m_generator(m_seed)
{
    qInfo("PUNCTUAL_FAULT_SEED=%u", m_seed);
}

int Randomness::between(int from, int to)
{
    return m_generator.bounded(from, to + 1);
}

int rounds(int everyDay)
{
    const int given = qEnvironmentVariableIntValue("PUNCTUAL_FAULT_ROUNDS");
    return given > 0 ? given : everyDay;
}

} // namespace punctual::test
