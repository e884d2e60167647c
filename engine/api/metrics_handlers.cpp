// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/metrics_handlers.h"

#include "api/metrics_text.h"

namespace punctual::api
{

void showMetrics(const CallPointer& call)
{
    const auto asked = std::chrono::steady_clock::now();
    call->administration.metrics(call->actor, call->context, [call, asked](const Result<Metrics>& metrics) {
        if (!metrics && metrics.error().code != ErrorCode::Unavailable)
            return call->respond(problem(metrics.error()));
        const auto took = std::chrono::floor<Duration>(std::chrono::steady_clock::now() - asked);
        call->respond({200, metrics ? metricsText(*metrics, took) : metricsTextWithoutDatabase(),
                       QByteArrayLiteral("text/plain; version=0.0.4; charset=utf-8")});
    });
}

} // namespace punctual::api
