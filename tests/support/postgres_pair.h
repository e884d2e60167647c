// SPDX-License-Identifier: GPL-3.0-or-later
// Two PostgreSQL servers of a test's own: a primary, and a standby for which each of its commits waits.
#pragma once

#include "core/database_address.h"
#include "support/process.h"

#include <QCoreApplication>

namespace punctual::test
{

class PostgresPair
{
public:
    PostgresPair()
    {
        m_started = run({QStringLiteral("start"), place('a')}) &&
                    run({QStringLiteral("standby"), place('b'), place('a')});
    }
    ~PostgresPair()
    {
        (void)run({QStringLiteral("stop"), place('a')});
        (void)run({QStringLiteral("stop"), place('b')});
    }
    PostgresPair(const PostgresPair&) = delete;
    PostgresPair& operator=(const PostgresPair&) = delete;

    [[nodiscard]] bool started() const { return m_started; }
    [[nodiscard]] DatabaseAddress primary() const { return at(place('a')); }
    [[nodiscard]] DatabaseAddress standby() const { return at(place('b')); }
    /// Whichever of them takes changes.
    [[nodiscard]] DatabaseAddress both() const
    {
        return {QStringLiteral("host=%1,%2 port=5432,5432 dbname=postgres user=postgres "
                               "target_session_attrs=read-write")
                    .arg(place('a'), place('b'))};
    }
    /// As a power cut does it.
    [[nodiscard]] bool loseThePrimary() { return run({QStringLiteral("stop"), place('a')}); }
    /// It answers nothing any more, and its connections stay open: as with a disk that hangs.
    [[nodiscard]] bool freezeThePrimary() { return run({QStringLiteral("freeze"), place('a')}); }
    [[nodiscard]] bool promote() { return run({QStringLiteral("promote"), place('b')}); }

private:
    [[nodiscard]] static bool run(const QStringList& arguments)
    {
        Process process(QStringLiteral(PUNCTUAL_TEST_POSTGRES), arguments);
        return process.start() && process.waitForEnd() == 0;
    }
    [[nodiscard]] static DatabaseAddress at(const QString& place)
    {
        return {QStringLiteral("host=%1 dbname=postgres user=postgres").arg(place)};
    }
    [[nodiscard]] static QString place(char which)
    {
        return QStringLiteral("/tmp/punctual-pair-%1-%2")
            .arg(QCoreApplication::applicationPid())
            .arg(QLatin1Char(which));
    }

    bool m_started = false;
};

} // namespace punctual::test
