// SPDX-License-Identifier: GPL-3.0-or-later
// A deliverer and requests for it.
#pragma once

#include "core/uuid_v7.h"
#include "delivery/http_deliverer.h"
#include "support/await.h"
#include "support/factories.h"
#include "support/manual_clock.h"

namespace punctual::test
{

class DelivererFixture
{
public:
    [[nodiscard]] static delivery::Request requestTo(const Destination& destination)
    {
        return {std::make_shared<const Destination>(destination),
                makeUuidV7(at()),
                2,
                at(std::chrono::milliseconds(250)),
                {"{\"order\":7}", "application/json", {}}};
    }

    /// Runs an event loop until the answer is there.
    [[nodiscard]] Exchange deliver(const delivery::Request& request)
    {
        const auto ended = await<Exchange>([&](QObject*, auto answer) {
            http.deliver(request, [answer](Exchange exchange) { answer(std::move(exchange)); });
        });
        return ended.value_or(Exchange{});
    }

    [[nodiscard]] Exchange deliverTo(const Destination& destination)
    {
        return deliver(requestTo(destination));
    }

    ManualClock clock;
    delivery::HttpDeliverer http{clock};
};

} // namespace punctual::test
