// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded into PostgreSQL with LD_PRELOAD: while the file that PUNCTUAL_FULL_DISK names exists, no file whose
// path contains PUNCTUAL_FULL_DISK_PART grows any more, and the error is PUNCTUAL_FULL_DISK_ERROR. What is
// there can be overwritten. No rights are needed, as they would be for a small file system.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

namespace
{

const char* setting(const char* name)
{
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
    return value != nullptr ? value : "";
}

bool isMeant(int file)
{
    std::array<char, 4096> path{};
    const std::string link = "/proc/self/fd/" + std::to_string(file);
    return ::readlink(link.c_str(), path.data(), path.size() - 1) > 0 &&
           std::strstr(path.data(), setting("PUNCTUAL_FULL_DISK_PART")) != nullptr;
}

/// The error of writing up to this offset; 0 if there is room.
int errorOf(int file, off64_t end)
{
    struct stat status = {};
    const bool grows = ::access(setting("PUNCTUAL_FULL_DISK"), F_OK) == 0 && ::fstat(file, &status) == 0 &&
                       S_ISREG(status.st_mode) && end > status.st_size;
    return grows && isMeant(file) ? std::atoi(setting("PUNCTUAL_FULL_DISK_ERROR")) : 0;
}

bool refuses(int file, off64_t end)
{
    const int before = errno;
    const int error = errorOf(file, end);
    errno = error != 0 ? error : before;
    return error != 0;
}

off64_t lengthOf(const iovec* parts, int count)
{
    off64_t length = 0;
    for (int i = 0; i < count; ++i)
        length += static_cast<off64_t>(parts[i].iov_len);
    return length;
}

template <class Function>
Function next(const char* name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" {
ssize_t write(int file, const void* data, size_t size)
{
    static const auto real = next<decltype(&write)>("write");
    const off64_t offset = ::lseek64(file, 0, SEEK_CUR);
    return refuses(file, offset + static_cast<off64_t>(size)) ? -1 : real(file, data, size);
}

ssize_t pwrite64(int file, const void* data, size_t size, off64_t offset)
{
    static const auto real = next<decltype(&pwrite64)>("pwrite64");
    return refuses(file, offset + static_cast<off64_t>(size)) ? -1 : real(file, data, size, offset);
}

ssize_t pwrite(int file, const void* data, size_t size, off_t offset)
{
    return pwrite64(file, data, size, offset);
}

ssize_t pwritev64(int file, const iovec* parts, int count, off64_t offset)
{
    static const auto real = next<decltype(&pwritev64)>("pwritev64");
    return refuses(file, offset + lengthOf(parts, count)) ? -1 : real(file, parts, count, offset);
}

ssize_t pwritev(int file, const iovec* parts, int count, off_t offset)
{
    return pwritev64(file, parts, count, offset);
}

int posix_fallocate64(int file, off64_t offset, off64_t length)
{
    static const auto real = next<decltype(&posix_fallocate64)>("posix_fallocate64");
    const int error = errorOf(file, offset + length);
    return error != 0 ? error : real(file, offset, length);
}

int posix_fallocate(int file, off_t offset, off_t length)
{
    return posix_fallocate64(file, offset, length);
}
}
