// SPDX-License-Identifier: GPL-3.0-or-later
#include "shifted_clock.h"

#include "clock_shift.h"

#include <QFile>

#include <sys/mman.h>

#include <algorithm>
#include <new>

namespace punctual::test
{

namespace
{

Instant systemNow()
{
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

constexpr auto everyone = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
constexpr auto enters = QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;

long nanoseconds(Duration duration)
{
    return std::chrono::nanoseconds(duration).count();
}

} // namespace

ShiftedClock::ShiftedClock(Duration ahead)
    : m_settings{{Instant::min(), ahead}}
{
    // PostgreSQL's user may not be allowed where this was built.
    const QString library = m_directory.filePath(QStringLiteral("clock.so"));
    QFile file(m_directory.filePath(QStringLiteral("clock")));
    if (!QFile::copy(QStringLiteral(PUNCTUAL_SHIFTED_CLOCK_LIBRARY), library) ||
        !QFile::setPermissions(m_directory.path(), everyone | enters) ||
        !QFile::setPermissions(library, everyone | enters) || !file.open(QIODevice::ReadWrite) ||
        !file.resize(sizeof(ClockShift)) || !file.setPermissions(everyone))
        qFatal("there is no clock to set");
    void* place = ::mmap(nullptr, sizeof(ClockShift), PROT_READ | PROT_WRITE, MAP_SHARED, file.handle(), 0);
    if (place == MAP_FAILED)
        qFatal("the clock cannot be mapped");
    m_shift = new (place) ClockShift{nanoseconds(ahead), 0};
}

ShiftedClock::~ShiftedClock()
{
    ::munmap(m_shift, sizeof(ClockShift));
}

std::map<QString, QString> ShiftedClock::environment() const
{
    // AddressSanitizer wants to be the first of all libraries otherwise.
    const QString options =
        qEnvironmentVariable("ASAN_OPTIONS") + QStringLiteral(":verify_asan_link_order=0");
    return {{QStringLiteral("LD_PRELOAD"), m_directory.filePath(QStringLiteral("clock.so"))},
            {QStringLiteral("PUNCTUAL_SHIFTED_CLOCK"), m_directory.filePath(QStringLiteral("clock"))},
            {QStringLiteral("ASAN_OPTIONS"), options}};
}

void ShiftedClock::step(Duration by)
{
    m_settings.push_back({systemNow(), ahead() + by});
    m_shift->wall = nanoseconds(ahead());
}

void ShiftedClock::sleep(Duration time)
{
    m_shift->boot += nanoseconds(time);
    step(time);
}

Instant ShiftedClock::now() const
{
    return systemNow() + ahead();
}

Instant ShiftedClock::latestSince(Instant shown, Instant moment) const
{
    Instant latest = Instant::min();
    Instant until = moment;
    for (auto setting = m_settings.rbegin(); setting != m_settings.rend(); ++setting) {
        if (setting->since > moment)
            continue;
        latest = std::max(latest, moment + setting->ahead);
        const Instant then = shown - setting->ahead;
        if (setting->since <= then && then <= until)
            break;
        until = setting->since;
    }
    return latest;
}

} // namespace punctual::test
