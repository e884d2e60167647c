// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses a message may be sent to. A destination is somebody's API out there; a name that
// resolves to this machine, the local network or a cloud's metadata service is a mistake or an attack
// (server-side request forgery) unless the destination allows it.
#pragma once

struct sockaddr;

namespace punctual::delivery
{

/// Loopback, link-local, private, shared, multicast, reserved and unspecified addresses (IANA
/// special-purpose registries, RFC 6890), also when they are wrapped in IPv6 (mapped, NAT64, 6to4). What is
/// not IP is private too.
[[nodiscard]] bool isPrivateAddress(const sockaddr& address);

} // namespace punctual::delivery
