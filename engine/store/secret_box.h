// SPDX-License-Identifier: GPL-3.0-or-later
// Seals what is secret before it goes into the database: a dump without the key reveals nothing, and bytes
// that were changed or moved to another destination do not open.
//
// A sealed text is: version 1, the id of its key (8 bytes of its BLAKE2b hash), a random nonce of 24 bytes,
// and the XChaCha20-Poly1305 of the plain one (libsodium, crypto_aead_xchacha20poly1305_ietf), with the
// context as associated data.
//
// Safe for use by several threads at once.
#pragma once

#include "core/result.h"
#include "core/secret_key.h"

#include <QByteArray>

namespace punctual::store
{

class SecretBox
{
public:
    explicit SecretBox(const SecretKeys& keys);

    /// Unsupported without a key: the error says where one can be put.
    [[nodiscard]] Result<QByteArray> seal(const QByteArray& plain, const QByteArray& context) const;
    /// The same if its key is not among these; the error names the key's id. Internal if the bytes were not
    /// sealed for this context.
    [[nodiscard]] Result<QByteArray> open(const QByteArray& sealed, const QByteArray& context) const;

    /// Whether one of the keys opens it.
    [[nodiscard]] bool isKnown(const QByteArray& sealed) const;
    /// Whether it was sealed with the current key.
    [[nodiscard]] bool isCurrent(const QByteArray& sealed) const;

private:
    struct Key
    {
        QByteArray id;
        SecretKey key;
    };
    std::vector<Key> m_keys;
};

} // namespace punctual::store
