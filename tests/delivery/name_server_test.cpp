// SPDX-License-Identifier: GPL-3.0-or-later
// A name server that does not answer: its host's message ends at its time-out, and no other one waits.
#include "core/uuid_v7.h"
#include "delivery/http_deliverer.h"
#include "support/await.h"
#include "support/factories.h"
#include "support/manual_clock.h"
#include "support/receiver.h"
#include "support/test_main.h"

#include <dlfcn.h>
#include <netdb.h>

#include <condition_variable>
#include <cstring>
#include <mutex>

using namespace punctual;
using namespace punctual::test;
using namespace std::chrono_literals;

namespace
{

/// Holds up whoever asks for a name, until it is lifted.
struct Barrier
{
    std::mutex mutex;
    std::condition_variable changed;
    int waiting = 0;
    bool lifted = false;

    void wait()
    {
        std::unique_lock lock(mutex);
        ++waiting;
        changed.wait_for(lock, patience, [this] { return lifted; });
        --waiting;
        changed.notify_all();
    }
    [[nodiscard]] int count()
    {
        const std::lock_guard lock(mutex);
        return waiting;
    }
    void lift()
    {
        std::unique_lock lock(mutex);
        lifted = true;
        changed.notify_all();
        changed.wait_for(lock, patience, [this] { return waiting == 0; });
    }
};

Barrier barrier;

} // namespace

// In the place of the C library's, which it asks for every other name.
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** result)
{
    static const auto real = reinterpret_cast<decltype(&getaddrinfo)>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    if (node != nullptr && std::strcmp(node, "silent.test") == 0) {
        barrier.wait();
        return EAI_AGAIN;
    }
    return real(node, service, hints, result);
}

class NameServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyWaitsForOneThatIsSilent();

private:
    [[nodiscard]] Exchange deliverTo(const QString& url, std::chrono::milliseconds timeout)
    {
        auto destination = destinationAt(url);
        destination.timeout = timeout;
        const delivery::Request request{std::make_shared<const Destination>(destination),
                                        makeUuidV7(at()),
                                        1,
                                        at(),
                                        {"{}", "application/json", {}}};
        return await<Exchange>([&](QObject*, auto answer) {
                   m_http.deliver(request, [answer](Exchange exchange) { answer(std::move(exchange)); });
               })
            .value_or(Exchange{});
    }

    ManualClock m_clock;
    delivery::HttpDeliverer m_http{m_clock};
};

void NameServerTest::nobodyWaitsForOneThatIsSilent()
{
    const auto silent = deliverTo(QStringLiteral("http://silent.test/"), 100ms);
    QCOMPARE(silent.ending, Exchange::Ending::NotSent);
    QCOMPARE(barrier.count(), 1); // it is still being asked
    Receiver receiver;
    QCOMPARE(deliverTo(receiver.url(), 30s).ending, Exchange::Ending::Answered);
    QCOMPARE(barrier.count(), 1);
    barrier.lift();
    QCOMPARE(barrier.count(), 0);
}

PUNCTUAL_TEST(NameServerTest)
#include "name_server_test.moc"
