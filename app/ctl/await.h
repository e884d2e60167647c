// SPDX-License-Identifier: GPL-3.0-or-later
// Turns an asynchronous call of the client facade into a value, by running an event loop until then.
#pragma once

#include "client/client.h"

#include <QEventLoop>

namespace punctual::ctl
{

/// `call` is given the context and the answer to pass on to a function of client::Client.
template <class T, class Call>
[[nodiscard]] Result<T> await(Call call)
{
    QEventLoop loop;
    std::optional<Result<T>> result;
    call(&loop, client::Answer<T>([&](Result<T> answer) {
        result = std::move(answer);
        loop.quit();
    }));
    if (!result)
        loop.exec();
    return std::move(*result);
}

} // namespace punctual::ctl
