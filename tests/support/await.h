// SPDX-License-Identifier: GPL-3.0-or-later
// Turns a call that answers later into a value, for tests:
//
//   const auto message = await<Message>([&](QObject* context, auto answer) {
//       client.find(actor, id, context, answer);
//   });
#pragma once

#include "core/result.h"

#include <QEventLoop>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

namespace punctual::test
{

/// How long a test waits for what ought to happen at once. Reaching it is a failure of the test.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
inline constexpr std::chrono::seconds patience{120}; // sanitizers make it several times as slow
#else
inline constexpr std::chrono::seconds patience{30};
#endif

/// Runs an event loop until `call`'s answer comes; Unavailable when it does not come in time.
template <class T, class Call>
[[nodiscard]] Result<T> await(Call&& call)
{
    std::optional<Result<T>> got;
    QEventLoop loop;
    QObject context; // gone before `got` and `loop` are, so that a late answer reaches nothing
    std::function<void(Result<T>)> answer = [&](Result<T> result) {
        got.emplace(std::move(result));
        loop.quit();
    };
    call(&context, std::move(answer));
    if (!got) {
        QTimer::singleShot(patience, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return got ? std::move(*got) : failure(ErrorCode::Unavailable, QStringLiteral("no answer came in time"));
}

} // namespace punctual::test
