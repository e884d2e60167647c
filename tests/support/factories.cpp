// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/factories.h"

#include "core/uuid_v7.h"

namespace punctual::test
{

using namespace std::chrono_literals;

Instant at(Duration later)
{
    return std::chrono::sys_days{std::chrono::December / 1 / 2026} + 9h + later;
}

NewMessage messageFor(const QString& destination, std::variant<Instant, Duration> due)
{
    NewMessage message;
    message.id = makeUuidV7(std::chrono::floor<Duration>(std::chrono::system_clock::now()));
    message.destination = destination;
    message.due = due;
    message.content.body = QByteArrayLiteral(R"({"order":7})");
    return message;
}

Destination destinationAt(const QString& url, const QString& name)
{
    Destination destination;
    destination.name = name;
    destination.url = url;
    destination.allowPrivateAddresses = true;
    destination.retry.initialDelay = 20ms;
    destination.retry.jitter = 0;
    return destination;
}

Actor someActor(Role role)
{
    return {.name = QStringLiteral("tester"), .origin = QStringLiteral("test"), .role = role};
}

} // namespace punctual::test
