// SPDX-License-Identifier: GPL-3.0-or-later
// Seals secrets before they go into the database, so that a dump of it without the key reveals nothing:
// XChaCha20-Poly1305 (libsodium) with a random nonce. A value, used from any thread.
//
//   sealed = version (1 byte) | key id (8) | nonce (24) | ciphertext and tag
//
// The first two and the context are authenticated too: what is sealed for one context cannot be moved to
// another.
#pragma once

#include "core/result.h"
#include "core/secret_key.h"

namespace punctual::store
{

class SecretBox
{
public:
    /// The first key seals, any of them opens. Without keys both fail.
    explicit SecretBox(SecretKeys keys = {});

    /// `context` says what the secret belongs to, as a destination's name; open() needs the same one.
    /// Unsupported: there is no key.
    [[nodiscard]] Result<QByteArray> seal(QByteArrayView plain, QByteArrayView context) const;

    /// What was sealed; wipe() it after use. Unsupported: its key is not at hand, or the bytes were changed
    /// or belong elsewhere. The detail names the context and the key's id, and never the content.
    [[nodiscard]] Result<QByteArray> open(QByteArrayView sealed, QByteArrayView context) const;

    /// Whether the current key has sealed it, so that rotation may leave it.
    [[nodiscard]] bool isCurrent(QByteArrayView sealed) const;

private:
    struct Entry
    {
        QByteArray id;
        SecretKey key;
    };

    std::vector<Entry> m_entries;
};

/// 16 hexadecimal digits by which people and errors call a key; they do not help to guess it.
[[nodiscard]] QString keyIdOf(const SecretKey& key);

/// Opens with any key and seals with the current one. What the current key has sealed comes back as it is,
/// if it can be opened. Errors as open() and seal().
[[nodiscard]] Result<QByteArray> rotated(const SecretBox& box, const QByteArray& sealed,
                                         QByteArrayView context);

} // namespace punctual::store
