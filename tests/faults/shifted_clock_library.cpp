// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded into a program with LD_PRELOAD: its clocks are ahead of this machine's by what the file that
// PUNCTUAL_SHIFTED_CLOCK names says, at every moment.
//
// Not libfaketime: that reads its settings with stdio, and PostgreSQL asks for the time in signal handlers;
// it leaves shared memory behind in processes that are killed; and it cannot move CLOCK_BOOTTIME alone, as a
// suspend does. System calls are used, as this may be called before anything else is there.
#include "clock_shift.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

namespace
{

constexpr long perSecond = 1'000'000'000;

const punctual::test::ClockShift* shift = nullptr;

__attribute__((constructor)) void load()
{
    const char* path = std::getenv("PUNCTUAL_SHIFTED_CLOCK"); // NOLINT(concurrency-mt-unsafe)
    const int file = path != nullptr ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    void* place = ::mmap(nullptr, sizeof(punctual::test::ClockShift), PROT_READ, MAP_SHARED, file, 0);
    ::close(file);
    if (place != MAP_FAILED)
        shift = static_cast<const punctual::test::ClockShift*>(place);
}

long nanosecondsOf(clockid_t clock)
{
    if (shift == nullptr)
        return 0;
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)
        return shift->wall.load();
    return clock == CLOCK_BOOTTIME ? shift->boot.load() : 0;
}

} // namespace

extern "C" {

__attribute__((visibility("default"))) int clock_gettime(clockid_t clock, timespec* time) noexcept
{
    const long result = ::syscall(SYS_clock_gettime, clock, time);
    const long ahead = result == 0 ? nanosecondsOf(clock) : 0;
    if (ahead != 0) {
        const long all = time->tv_sec * perSecond + time->tv_nsec + ahead;
        time->tv_sec = all / perSecond;
        time->tv_nsec = all % perSecond;
    }
    return static_cast<int>(result);
}

__attribute__((visibility("default"))) int gettimeofday(timeval* time, void*) noexcept
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

__attribute__((visibility("default"))) time_t time(time_t* place) noexcept
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (place != nullptr)
        *place = now.tv_sec;
    return now.tv_sec;
}

} // extern "C"
