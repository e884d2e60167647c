// SPDX-License-Identifier: GPL-3.0-or-later
#include "delivery/address_guard.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace punctual::delivery
{

namespace
{

using Bytes6 = std::array<std::uint8_t, 16>;

struct Network4
{
    std::uint32_t address;
    int bits;
};

constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d)
{
    return a << 24 | b << 16 | c << 8 | d;
}

constexpr std::array private4{
    Network4{ip(0, 0, 0, 0), 8},     Network4{ip(10, 0, 0, 0), 8},      Network4{ip(100, 64, 0, 0), 10},
    Network4{ip(127, 0, 0, 0), 8},   Network4{ip(169, 254, 0, 0), 16},  Network4{ip(172, 16, 0, 0), 12},
    Network4{ip(192, 0, 0, 0), 24},  Network4{ip(192, 0, 2, 0), 24},    Network4{ip(192, 168, 0, 0), 16},
    Network4{ip(198, 18, 0, 0), 15}, Network4{ip(198, 51, 100, 0), 24}, Network4{ip(203, 0, 113, 0), 24},
    Network4{ip(224, 0, 0, 0), 4},   Network4{ip(240, 0, 0, 0), 4},
};

bool isPrivate4(std::uint32_t address)
{
    return std::any_of(private4.begin(), private4.end(), [address](const Network4& network) {
        return (address ^ network.address) >> (32 - network.bits) == 0;
    });
}

std::uint32_t embedded4(const Bytes6& bytes, std::size_t at)
{
    return ip(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

bool startsWith(const Bytes6& bytes, std::initializer_list<std::uint8_t> prefix)
{
    return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

bool isPrivate6(const Bytes6& bytes)
{
    if (startsWith(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF})) // ::ffff:0:0/96, mapped
        return isPrivate4(embedded4(bytes, 12));
    if (startsWith(bytes, {0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0})) // 64:ff9b::/96, NAT64
        return isPrivate4(embedded4(bytes, 12));
    if (startsWith(bytes, {0x20, 0x02})) // 2002::/16, 6to4
        return isPrivate4(embedded4(bytes, 2));
    // Only 2000::/3 is global unicast; loopback, unique local, link-local and multicast lie outside. Within
    // it 2001::/23 is for protocols and 2001:db8::/32 for documentation.
    return bytes[0] >> 5 != 1 || (startsWith(bytes, {0x20, 0x01}) && bytes[2] < 2) ||
           startsWith(bytes, {0x20, 0x01, 0x0D, 0xB8});
}

} // namespace

bool isPrivateAddress(const sockaddr& address)
{
    if (address.sa_family == AF_INET) {
        sockaddr_in ip4{};
        std::memcpy(&ip4, &address, sizeof ip4);
        return isPrivate4(ntohl(ip4.sin_addr.s_addr));
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 ip6{};
        std::memcpy(&ip6, &address, sizeof ip6);
        Bytes6 bytes{};
        std::memcpy(bytes.data(), &ip6.sin6_addr, bytes.size());
        return isPrivate6(bytes);
    }
    return true;
}

} // namespace punctual::delivery
