// SPDX-License-Identifier: GPL-3.0-or-later
// A key that secrets at rest are sealed with. Where keys come from is the programs' matter, what they are
// used for the store's.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace punctual
{

/// Overwrites the bytes, also of other QByteArrays that share them, and then lets go of them.
void wipe(QByteArray& secret);

/// 32 bytes, which are overwritten when the object goes.
class SecretKey
{
public:
    static constexpr std::size_t size = 32;
    using Bytes = std::array<std::uint8_t, size>;

    explicit SecretKey(const Bytes& bytes)
        : m_bytes(bytes)
    {
    }
    SecretKey(const SecretKey&) = default;
    SecretKey& operator=(const SecretKey&) = default;
    ~SecretKey();

    /// 64 hexadecimal digits, or base64 of 32 bytes; nothing for anything else.
    [[nodiscard]] static std::optional<SecretKey> parse(QByteArrayView text);

    [[nodiscard]] const Bytes& bytes() const { return m_bytes; }

    friend bool operator==(const SecretKey&, const SecretKey&) = default;

private:
    Bytes m_bytes;
};

/// The current one, which seals, in front; the others only open what was sealed before.
using SecretKeys = std::vector<SecretKey>;

} // namespace punctual
