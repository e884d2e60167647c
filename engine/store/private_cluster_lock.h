// SPDX-License-Identifier: GPL-3.0-or-later
// A flock(2) on a file, held until this object goes or the process ends, however it ends. Programs that
// the process starts do not inherit it. Any thread.
#pragma once

#include "core/result.h"

#include <chrono>

namespace punctual::store
{

class PrivateClusterLock
{
public:
    enum class Mode { Shared, Exclusive };

    /// The file is there. Blocks for `patience` at most. Unavailable: somebody else held it all that time.
    /// Unsupported: the file cannot be opened or locked.
    [[nodiscard]] static Result<PrivateClusterLock> acquire(const QString& path, Mode mode,
                                                            std::chrono::milliseconds patience);

    PrivateClusterLock(PrivateClusterLock&& other) noexcept;
    PrivateClusterLock& operator=(PrivateClusterLock&& other) noexcept;
    ~PrivateClusterLock();

private:
    explicit PrivateClusterLock(int descriptor);
    int m_descriptor;
};

} // namespace punctual::store
